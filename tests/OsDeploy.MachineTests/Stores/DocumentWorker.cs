using System.Globalization;
using System.Text.Json.Serialization;
using OsDeploy.Storage.Documents;

namespace OsDeploy.MachineTests.Stores;

/// <summary>
/// A process that writes transactions of three documents until it is killed, and notes each in a log when it has been acknowledged.
/// The n-th transaction follows from n alone.
/// </summary>
internal static class DocumentWorker
{
    public const string Verb = "document-worker";

    /// <summary>A document that all transactions write, a new one, and one of a few that grow, shrink and go.</summary>
    public static int Run(string path, string log)
    {
        StoreLog.Append(log, $"pid {Environment.ProcessId}");
        using var store = DocumentStore.Open(path, [], TimeProvider.System);
        var entries = EntryJson.In(store);
        for (var number = Next(entries); ; number++)
        {
            Write(store, entries, number);
            StoreLog.Append(log, string.Create(CultureInfo.InvariantCulture, $"captured {number}"));
        }
    }

    public static int Next(Collection<Entry> entries) => (entries.FindById("last")?.Value.Number ?? 0) + 1;

    public static void Write(DocumentStore store, Collection<Entry> entries, int number) => store.Transact(() =>
    {
        entries.Upsert(new Entry("last", number, ""));
        entries.Insert(new Entry(IdOf(number), number, new string('x', number * 37 % 900)));
        if (number % 5 == 0)
        {
            entries.Delete(Slot(number));
        }
        else
        {
            entries.Upsert(new Entry(Slot(number), number, new string('y', number * 61 % 9000)));
        }
    });

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"n{number:d8}");

    private static string Slot(int number) => string.Create(CultureInfo.InvariantCulture, $"slot {number % 7}");

    /// <summary>Holds the store to what <paramref name="last"/> transactions make of it, none of them half.</summary>
    public static void AssertHolds(Collection<Entry> entries, int last)
    {
        var expected = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var number = 1; number <= last; number++)
        {
            (expected["last"], expected[IdOf(number)]) = (number, number);
            if (number % 5 == 0)
            {
                expected.Remove(Slot(number));
            }
            else
            {
                expected[Slot(number)] = number;
            }
        }

        Assert.Equal(expected, entries.FindAll().ToDictionary(entry => entry.Value.Id, entry => entry.Value.Number));
    }
}

internal sealed record Entry(string Id, int Number, string Text);

[JsonSerializable(typeof(Entry))]
internal sealed partial class EntryJson : JsonSerializerContext
{
    public static Collection<Entry> In(DocumentStore store) => store.GetCollection("entry", Default.Entry, entry => entry.Id);
}

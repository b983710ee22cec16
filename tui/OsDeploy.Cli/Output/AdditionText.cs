using System.Globalization;
using OsDeploy.Api.Personal;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>What hosts get besides their image, for people.</summary>
internal static class AdditionText
{
    private const int ShortId = 8;

    public static void WriteList(TextWriter writer, IReadOnlyList<AdditionView> additions)
    {
        var table = new TextTable("ID", ">ORDER", "KIND", "PATH", ">SIZE", "FOR");
        foreach (var addition in additions.Select(view => view.Addition))
        {
            table.Add([.. CellsOf(addition), ForOf(addition)]);
        }

        table.Write(writer);
    }

    public static void WriteFor(TextWriter writer, IReadOnlyList<HostAddition> additions)
    {
        var table = new TextTable("ID", ">ORDER", "KIND", "PATH", ">SIZE", "BECAUSE IT IS FOR", "INSTEAD");
        foreach (var one in additions)
        {
            table.Add([.. CellsOf(one.Addition), ForOf(one.Addition), one.ReplacedBy is { } other ? "it gets " + other[..Math.Min(ShortId, other.Length)] : ""]);
        }

        table.Write(writer);
    }

    public static void Write(TextWriter writer, AdditionView view, TimeProvider clock)
    {
        var addition = view.Addition;
        new Facts()
            .Add("id", addition.Id)
            .Add("kind", Words.Of(addition.Kind))
            .Add("path", addition.Path)
            .Add("size", Sizes.Of(addition.Size))
            .Add("content", addition.Content.ToString())
            .Add("order", addition.Order.ToString(CultureInfo.InvariantCulture))
            .Add("for", ForOf(addition))
            .Add("changed", $"{LocalTime.Of(clock, addition.ChangedAt)} by {addition.ChangedBy}")
            .Write(writer);
    }

    public static void WriteWarnings(TextWriter talk, IReadOnlyList<AdditionView> additions)
    {
        foreach (var addition in additions.Select(view => view.Addition).Where(addition => addition.Warning is not null))
        {
            talk.WriteLine($"Warning: {Printable.Of(addition.Path)}: {Printable.Of(addition.Warning, 1000)}");
        }
    }

    private static IEnumerable<string> CellsOf(Addition addition) =>
        [addition.Id[..Math.Min(ShortId, addition.Id.Length)], addition.Order.ToString(CultureInfo.InvariantCulture), Words.Of(addition.Kind), addition.Path, Sizes.Of(addition.Size)];

    private static string ForOf(Addition addition)
    {
        var one = addition.For;
        string?[] conditions =
        [
            one.Host is { } host ? "host " + host : null,
            one.Names is { } names ? "names " + names : null,
            one.Room is { } room ? "room " + room : null,
            one.Configuration is { } configuration ? "configuration " + configuration : null,
            one.Os is { } os ? Words.Of(os) : null,
            one.Join is { } join ? "join " + Words.Of(join) : null,
            one.Vendor is { } vendor ? "vendor " + vendor : null,
            one.Model is { } model ? "model " + model : null,
            addition is { Disk: { } disk, Number: { } number } ? string.Create(CultureInfo.InvariantCulture, $"partition {disk}.{number}") : null,
        ];
        var text = string.Join(", ", conditions.OfType<string>());
        return text.Length > 0 ? text : "every host";
    }
}

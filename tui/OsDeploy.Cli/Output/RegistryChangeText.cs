using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using OsDeploy.Text;
using OsDeploy.Windows;

namespace OsDeploy.Cli.Output;

/// <summary>Changes of a registry, for people: each key once, below it what becomes of its values.</summary>
internal static class RegistryChangeText
{
    private const int MostName = 80;
    private const int MostText = 60;
    private const int MostBytes = 8;

    public static void Write(TextWriter writer, IReadOnlyList<RegistryChange> changes)
    {
        foreach (var key in changes.GroupBy(change => change.Key, StringComparer.OrdinalIgnoreCase))
        {
            var itself = key.FirstOrDefault(change => change.ValueName is null);
            writer.WriteLine(Printable.Of(key.Key, 300) + (itself is null ? "" : itself.After is null ? "  (goes)" : "  (new)"));
            foreach (var value in key.Where(change => change.ValueName is not null))
            {
                writer.WriteLine($"  {NameOf(value.ValueName!)}: {SaidOf(value.Before)} -> {SaidOf(value.After)}");
            }
        }
    }

    private static string NameOf(string name) => name.Length == 0 ? "(default)" : Printable.Of(name, MostName);

    private static string SaidOf(RegistryData? data) => data switch
    {
        null => "(none)",
        { Type: RegistryType.Text or RegistryType.ExpandedText } => $"\"{Printable.Of(TextOf(data.Bytes), MostText)}\"",
        { Type: RegistryType.Texts } => string.Join(", ", TextOf(data.Bytes).Split('\0').Select(text => $"\"{Printable.Of(text, MostText)}\"")),
        { Type: RegistryType.Number, Bytes.Length: sizeof(uint) } =>
            string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt32LittleEndian(data.Bytes)} (0x{BinaryPrimitives.ReadUInt32LittleEndian(data.Bytes):x})"),
        _ => BytesOf(data),
    };

    private static string TextOf(byte[] bytes) => Encoding.Unicode.GetString(bytes).TrimEnd('\0');

    private static string BytesOf(RegistryData data)
    {
        var shown = string.Join(' ', data.Bytes.Take(MostBytes).Select(one => one.ToString("x2", CultureInfo.InvariantCulture)));
        return string.Create(CultureInfo.InvariantCulture, $"{(data.Bytes.Length > MostBytes ? shown + " ..." : shown)} ({Words.Count(data.Bytes.Length, "byte")}, type {(uint)data.Type})").TrimStart();
    }
}

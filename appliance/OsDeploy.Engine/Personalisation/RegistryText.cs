using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using OsDeploy.Text;
using OsDeploy.Windows;

namespace OsDeploy.Personalisation;

/// <summary>Values of a registry, for people.</summary>
internal static class RegistryText
{
    private const int MostShown = 60;
    private static readonly string[] s_secret = ["Password", "Passwd", "Pwd", "Secret"];

    private const string Nothing = "(not there)";

    public static string Of(RegistryChange change) => change.ValueName is null
        ? change.After is null ? "the key is deleted" : "the key is made"
        : s_secret.Any(word => change.ValueName.Contains(word, StringComparison.OrdinalIgnoreCase)) ? "a secret"
        : $"{Of(change.Before)} -> {Of(change.After)}";

    private static string Of(RegistryData? data) => data switch
    {
        null => Nothing,
        { Type: RegistryType.Text or RegistryType.ExpandedText } => $"\"{Printable.Of(Encoding.Unicode.GetString(data.Bytes).TrimEnd('\0'), MostShown)}\"",
        { Type: RegistryType.Number, Bytes.Length: sizeof(uint) } => BinaryPrimitives.ReadUInt32LittleEndian(data.Bytes).ToString(CultureInfo.InvariantCulture),
        _ => $"{data.Bytes.Length} bytes",
    };
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using OsDeploy.Text;

namespace OsDeploy.Windows;

/// <summary>
/// Registry files (<c>.reg</c>), those of Windows 2000 and later and those that begin with <c>REGEDIT4</c> (Microsoft, KB 310516). Read whole or
/// not at all: half of somebody's settings would be worse than none.
/// </summary>
public static class RegistryFile
{
    /// <summary>Bytes of a file.</summary>
    public const int MaxSize = 16 << 20;

    internal const string Version5 = "Windows Registry Editor Version 5.00";
    internal const string Version4 = "REGEDIT4";

    private const int LineWidth = 78;

    /// <exception cref="UserErrorException"><c>registry-file</c>, with the line</exception>
    public static IReadOnlyList<RegistryEdit> Parse(byte[] file)
    {
        if (file.Length > MaxSize)
        {
            throw Errors.RegistryFile(0, $"it is longer than {Sizes.Of(MaxSize)}");
        }

        var text = ForeignText.Of(file);
        var isOld = text.AsSpan().TrimStart().StartsWith(Version4, StringComparison.Ordinal);
        var isMarked = file is [0xff, 0xfe, ..] or [0xef, 0xbb, 0xbf, ..];
        return new RegistryFileReader(isOld && !isMarked ? ForeignText.OfAnsi(file) : text, isOld).Read();
    }

    /// <summary>As Windows exports: UTF-16 with its mark, and lines that it can wrap.</summary>
    public static byte[] Write(IEnumerable<RegistryEdit> edits)
    {
        var text = new StringBuilder(Version5).Append("\r\n");
        foreach (var edit in edits)
        {
            text.Append(CultureInfo.InvariantCulture, $"\r\n[{(edit.IsDeleted ? "-" : "")}{edit.Key}]\r\n");
            foreach (var value in edit.Values)
            {
                var name = value.Name.Length == 0 ? "@" : Quoted(value.Name);
                text.Append(name).Append('=').Append(DataOf(value, name.Length + 1)).Append("\r\n");
            }
        }

        return [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text.ToString())];
    }

    private static string DataOf(RegistryValueEdit value, int column) => value switch
    {
        { Data: null } => "-",
        { Type: RegistryType.Text } when PlainText(value.Data) is { } plain => Quoted(plain),
        { Type: RegistryType.Number, Data.Length: sizeof(uint) } => string.Create(CultureInfo.InvariantCulture, $"dword:{BinaryPrimitives.ReadUInt32LittleEndian(value.Data):x8}"),
        { Type: RegistryType.Binary } => Bytes("hex:", value.Data, column),
        _ => Bytes(string.Create(CultureInfo.InvariantCulture, $"hex({(int)value.Type:x}):"), value.Data, column),
    };

    // Only what is read back to the same bytes: a text without its end, or with one inside, is written as bytes.
    private static string? PlainText(byte[] data)
    {
        if (data.Length < 2 || data.Length % 2 != 0 || data[^1] != 0 || data[^2] != 0)
        {
            return null;
        }

        var text = Encoding.Unicode.GetString(data.AsSpan(0, data.Length - 2));
        return text.Any(char.IsControl) || !Encoding.Unicode.GetBytes(text).AsSpan().SequenceEqual(data.AsSpan(0, data.Length - 2)) ? null : text;
    }

    private static string Quoted(string text) => "\"" + text.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    private static string Bytes(string head, byte[] data, int column)
    {
        var text = new StringBuilder(head);
        column += head.Length;
        for (var i = 0; i < data.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{data[i]:x2}");
            column += 3;
            if (i == data.Length - 1)
            {
                break;
            }

            text.Append(',');
            if (column > LineWidth - 3)
            {
                text.Append("\\\r\n  ");
                column = 2;
            }
        }

        return text.ToString();
    }
}

using System.Text;
using OsDeploy.Windows;
using Xunit;

namespace OsDeploy.Tests.Windows;

public sealed class RegistryFileTests
{
    private const string Head = "Windows Registry Editor Version 5.00\r\n\r\n";
    private const string Key = @"[HKEY_LOCAL_MACHINE\SOFTWARE\School]" + "\r\n";

    [Theory]
    [InlineData("\"a\"=\"text\"", "a", RegistryType.Text, "7400650078007400" + "0000")]
    [InlineData("@=\"\"", "", RegistryType.Text, "0000")]
    [InlineData("\"C:\\\\x \\\"y\\\"\"=\"\\\\\\\"\"", "C:\\x \"y\"", RegistryType.Text, "5c0022000000")]
    [InlineData("\"a\"=dword:0000abcd", "a", RegistryType.Number, "cdab0000")]
    [InlineData("\"a\"=dword:7", "a", RegistryType.Number, "07000000")]
    [InlineData("\"a\" = hex:01,0a,ff ; why", "a", RegistryType.Binary, "010aff")]
    [InlineData("\"a\"=hex:", "a", RegistryType.Binary, "")]
    [InlineData("\"a\"=hex:01,\\\r\n  02,\\\r\n  03", "a", RegistryType.Binary, "010203")]
    [InlineData("\"a\"=hex(2):25,00,00,00", "a", RegistryType.ExpandedText, "25000000")]
    [InlineData("\"a\"=hex(7):61,00,00,00,00,00", "a", RegistryType.Texts, "610000000000")]
    [InlineData("\"a\"=hex(b):01,00,00,00,00,00,00,00", "a", RegistryType.LongNumber, "0100000000000000")]
    [InlineData("\"a\"=hex(0):", "a", RegistryType.None, "")]
    [InlineData("\"a\"=hex(80000001):05", "a", unchecked((RegistryType)0x80000001), "05")]
    [InlineData("\"a\"=-", "a", RegistryType.None, null)]
    [InlineData("\"a\"=\"two\r\nlines\"", "a", RegistryType.Text, "740077006f000d000a006c0069006e00650073000000")]
    public void Every_form_of_a_value_is_read(string line, string name, RegistryType type, string? hex)
    {
        var value = Assert.Single(Assert.Single(Read(Head + Key + line + "\r\n")).Values);

        Assert.Equal((name, type, hex), (value.Name, value.Type, value.Data is { } data ? Convert.ToHexStringLower(data) : null));
    }

    [Fact]
    public void Keys_are_read_in_their_order_and_may_be_deleted()
    {
        var edits = Read(Head + "; a comment\r\n" + Key + "\"a\"=-\r\n\r\n" + @"[-HKEY_LOCAL_MACHINE\SOFTWARE\Old [1]]" + "\r\n" + @"[hkey_users\.DEFAULT\Control Panel]");

        Assert.Equal([(@"HKEY_LOCAL_MACHINE\SOFTWARE\School", false, 1), (@"HKEY_LOCAL_MACHINE\SOFTWARE\Old [1]", true, 0), (@"hkey_users\.DEFAULT\Control Panel", false, 0)],
            edits.Select(edit => (edit.Key, edit.IsDeleted, edit.Values.Count)));
    }

    [Fact]
    public void The_older_form_is_of_one_byte_a_letter()
    {
        var text = "REGEDIT4\r\n\r\n" + Key + "\"Schüler\"=\"für\"\r\n\"path\"=hex(2):fc,00\r\n";

        var values = Assert.Single(RegistryFile.Parse(Encoding.Latin1.GetBytes(text))).Values;

        Assert.Equal(("Schüler", "66 00 fc 00 72 00 00 00"), (values[0].Name, Spaced(values[0].Data!)));
        Assert.Equal("fc 00 00 00", Spaced(values[1].Data!));
    }

    [Theory]
    [InlineData("", 1, "does not begin with")]
    [InlineData("REGEDIT5\r\n", 1, "does not begin with")]
    [InlineData(Head + "\"a\"=\"b\"", 3, "a [key] has to come before")]
    [InlineData(Head + "[HKLM\\SOFTWARE]", 3, "HKLM is not the root")]
    [InlineData(Head + "[HKEY_LOCAL_MACHINE\\SOFTWARE", 3, "begins with [ and ends with ]")]
    [InlineData(Head + "[HKEY_LOCAL_MACHINE\\\\SOFTWARE]", 3, "is empty, too long")]
    [InlineData(Head + "[-HKEY_LOCAL_MACHINE]", 3, "a whole registry")]
    [InlineData(Head + "[-HKEY_LOCAL_MACHINE\\SOFTWARE]", 3, "a whole registry")]
    [InlineData(Head + "[-HKEY_LOCAL_MACHINE\\SOFTWARE\\x]\r\n\"a\"=-", 4, "a key that is deleted")]
    [InlineData(Head + Key + "a=\"b\"", 4, "neither a [key] nor")]
    [InlineData(Head + Key + "\"a\"", 4, "= after the name")]
    [InlineData(Head + Key + "\"a\"=b", 4, "a value is \"text\"")]
    [InlineData(Head + Key + "\"a\"=\"b", 4, "never closed")]
    [InlineData(Head + Key + "\"a\"=\"b\" c", 4, "stands behind the value")]
    [InlineData(Head + Key + "\r\n\"a\"=dword:123456789", 5, "dword: has 1 to 8")]
    [InlineData(Head + Key + "\"a\"=dword:", 4, "dword: has 1 to 8")]
    [InlineData(Head + Key + "\"a\"=hex:01,\\\r\n  xx", 5, "two hexadecimal digits")]
    [InlineData(Head + Key + "\"a\"=hex:01,02,", 4, "two hexadecimal digits")]
    [InlineData(Head + Key + "\"a\"=hex:001", 4, "two hexadecimal digits")]
    [InlineData(Head + Key + "\"a\"=hex(zz):00", 4, "number of a type")]
    [InlineData(Head + Key + "\"a\"=hex:01,\\ 02", 4, "ends its line")]
    public void What_is_wrong_is_named_with_its_line(string text, int line, string says)
    {
        var e = Assert.Throws<UserErrorException>(() => Read(text));

        Assert.Equal("registry-file", e.Code);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.Contains($"line {line}:", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back_as_it_was() => Seeded.Cases(300, random =>
    {
        var edits = Enumerable.Range(0, random.Next(1, 5)).Select(_ => EditOf(random)).ToList();

        var read = RegistryFile.Parse(RegistryFile.Write(edits));

        Assert.Equal(edits.Select(edit => (edit.Key, edit.IsDeleted)), read.Select(edit => (edit.Key, edit.IsDeleted)));
        Assert.Equal(edits.SelectMany(edit => edit.Values).Select(Said), read.SelectMany(edit => edit.Values).Select(Said));
    });

    [Fact]
    public void Damaged_files_are_refused_by_name_or_read() => Seeded.Cases(3000, random =>
    {
        var file = Mutation.Of(RegistryFile.Write([EditOf(random), EditOf(random)]), random);
        try
        {
            RegistryFile.Parse(file);
        }
        catch (UserErrorException e)
        {
            Assert.Equal("registry-file", e.Code);
        }
    });

    [Fact]
    public void Many_values_of_one_key_take_no_longer_than_they_must()
    {
        var text = new StringBuilder(Head + Key);
        for (var i = 0; i < 200_000; i++)
        {
            text.Append("\"v").Append(i).Append("\"=dword:1\r\n");
        }

        Assert.Equal(200_000, Assert.Single(Read(text.ToString())).Values.Count);
        Assert.Throws<UserErrorException>(() => RegistryFile.Parse(new byte[RegistryFile.MaxSize + 1]));
    }

    private static IReadOnlyList<RegistryEdit> Read(string text) => RegistryFile.Parse(Encoding.UTF8.GetBytes(text));

    private static string Spaced(byte[] data) => string.Join(' ', data.Select(one => one.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));

    private static (string Name, RegistryType Type, string Data) Said(RegistryValueEdit value) => (value.Name, value.Data is null ? RegistryType.None : value.Type, value.Data is { } data ? Convert.ToHexString(data) : "gone");

    private static RegistryEdit EditOf(Random random)
    {
        var isDeleted = random.Next(6) == 0;
        var key = @"HKEY_LOCAL_MACHINE\SYSTEM\" + NameOf(random).Replace('\\', '/');
        return new RegistryEdit(key.TrimEnd(), isDeleted, isDeleted ? [] : [.. Enumerable.Range(0, random.Next(6)).Select(_ => ValueOf(random))]);
    }

    private static RegistryValueEdit ValueOf(Random random)
    {
        var data = new byte[random.Next(200)];
        random.NextBytes(data);
        return random.Next(6) switch
        {
            0 => new RegistryValueEdit(NameOf(random), RegistryType.Text, [.. Encoding.Unicode.GetBytes(NameOf(random)), 0, 0]),
            1 => new RegistryValueEdit("", RegistryType.Text, data),
            2 => new RegistryValueEdit(NameOf(random), RegistryType.Number, data.Length > 4 ? data[..4] : data),
            3 => new RegistryValueEdit(NameOf(random), RegistryType.None, null),
            _ => new RegistryValueEdit(NameOf(random), (RegistryType)random.Next(20), data),
        };
    }

    private static string NameOf(Random random)
    {
        const string Letters = "abcXYZ 019\"\\;=[]@-ä€ß";
        return "n" + string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => Letters[random.Next(Letters.Length)])) + "z";
    }
}

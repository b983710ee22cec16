using System.Text;
using OsDeploy.Windows;
using Xunit;

namespace OsDeploy.Tests.Windows;

public sealed class WindowsRegistryTests : IDisposable
{
    private const string Software = @"HKEY_LOCAL_MACHINE\SOFTWARE";
    private const string System = @"HKEY_LOCAL_MACHINE\SYSTEM";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_type_of_value_is_set_and_other_programs_read_the_same()
    {
        HiveTools.Require();
        var registry = Open();
        var edits = RegistryFile.Parse(Encoding.UTF8.GetBytes(
            "Windows Registry Editor Version 5.00\r\n\r\n" + $@"[{Software}\School\Rooms]" + "\r\n"
            + "@=\"own\"\r\n\"text\"=\"r101\"\r\n\"number\"=dword:0000abcd\r\n\"bytes\"=hex:01,02,03\r\n\"empty\"=hex:\r\n"
            + "\"path\"=hex(2):25,00,00,00\r\n\"list\"=hex(7):61,00,00,00,00,00\r\n\"long\"=hex(b):01,00,00,00,00,00,00,00\r\n"
            + "\"none\"=hex(0):\r\n\"odd\"=hex(80000001):05\r\n"));

        var changes = registry.Apply(edits);

        var export = await HiveTools.ExportAsync(Hive, Software);
        string[] expected = ["@=str(1):\"own\"", "\"text\"=str(1):\"r101\"", "\"number\"=dword:0000abcd", "\"bytes\"=hex(3):01,02,03", "\"empty\"=hex(3):",
            "\"list\"=hex(7):61,00,00,00,00,00", "\"long\"=hex(b):01,00,00,00,00,00,00,00", "\"none\"=hex(0):", "\"odd\"=hex(80000001):05"];
        Assert.All(expected, line => Assert.Contains(line, export.Split('\n')));
        Assert.Contains("\"number\"=dword:0000abcd", await HiveTools.RegedAsync(Hive, Software), StringComparison.Ordinal);
        Assert.Equal([$@"{Software}\School", $@"{Software}\School\Rooms"], changes.Where(change => change.ValueName is null).Select(change => change.Key));
        Assert.Equal(10, changes.Count(change => change.ValueName is not null));
        Assert.Equal(["School", @"School\Rooms"], HiveLaw.Keys(Hive));
    }

    [Fact]
    public async Task What_is_not_named_stays_as_another_program_left_it()
    {
        HiveTools.Require();
        var registry = Open();
        await HiveTools.ShellAsync(Hive, "add School", "cd School", "setval 3", "keep", "dword:7", "change", "string:old", "go", "qword:1", "add Below", "cd Below", "setval 1", "@", "string:below");

        var changes = registry.Apply([new RegistryEdit($@"{Software}\school", false, [Text("CHANGE", "new"), new RegistryValueEdit("Go", RegistryType.None, null), new RegistryValueEdit("absent", RegistryType.None, null)])]);

        var lines = (await HiveTools.ExportAsync(Hive, Software)).Split('\n');
        Assert.Contains("\"keep\"=dword:00000007", lines);
        Assert.Contains("\"change\"=str(1):\"new\"", lines);
        Assert.Contains("@=str(1):\"below\"", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("\"go\"", StringComparison.OrdinalIgnoreCase));
        Assert.Equal([("CHANGE", "old", "new"), ("Go", "\u0001\0\0\0", null)], changes.Select(change => (change.ValueName, TextOf(change.Before), TextOf(change.After))));
    }

    [Fact]
    public void A_second_run_changes_nothing_and_writes_nothing()
    {
        var registry = Open();
        RegistryEdit[] edits = [new($@"{Software}\A", true, []), new($@"{Software}\A\B", false, [Text("a", "b")]), new($@"{Software}\A\B", false, [Text("a", "c")])];

        Assert.Equal(3, registry.Apply(edits).Count);
        var written = File.ReadAllBytes(Hive);

        Assert.Empty(registry.Apply(edits));
        Assert.Equal(written, File.ReadAllBytes(Hive));
    }

    [Fact]
    public void A_plan_says_what_would_change_and_writes_nothing()
    {
        var registry = Open();
        var before = File.ReadAllBytes(Hive);
        RegistryEdit[] edits = [new($@"{Software}\A", false, [Text("a", "b")])];

        var plan = registry.Plan(edits);

        Assert.Equal(before, File.ReadAllBytes(Hive));
        Assert.Equal([_folder["SOFTWARE"]], Directory.GetFiles(_folder.Path));
        Assert.Equal(plan, registry.Apply(edits));
    }

    [Fact]
    public void A_key_goes_with_all_below_it_and_each_is_named()
    {
        var registry = Open();
        registry.Apply([new($@"{Software}\A\B\C", false, [Text("v", "1")]), new($@"{Software}\D", false, [])]);

        var changes = registry.Apply([new($@"{Software}\A", true, []), new($@"{Software}\Absent", true, [])]);

        Assert.Equal([(@"A", null), (@"A\B", null), (@"A\B\C", null), (@"A\B\C", "v")], changes.Select(change => (change.Key[(Software.Length + 1)..], change.ValueName)));
        Assert.All(changes, change => Assert.Null(change.After));
        Assert.Equal(["D"], HiveLaw.Keys(Hive));
        Assert.NotEmpty(registry.Apply([new($@"{Software}\D", true, [])]));
        Assert.Empty(HiveLaw.Keys(Hive));
        Assert.NotEmpty(registry.Apply([new($@"{Software}\E", false, [])]));
        Assert.Equal(["E"], HiveLaw.Keys(Hive));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Names_lie_in_the_order_of_capitals_with_their_hashes(uint minor)
    {
        HiveTools.Require();
        var registry = Open(minor);
        string[] names = ["a_b", "aab", "aZb", "A^", "Schüler", "ÄÖ", "äa", "Школа", "школы", "z", "[x]", "日本", "Ж_"];

        registry.Apply([.. names.Select(name => new RegistryEdit($@"{Software}\{name}\Ünter", false, [Text("wert für", name)]))]);

        Assert.Equal(2 * names.Length, HiveLaw.Keys(Hive).Count);
        var export = await HiveTools.ExportAsync(Hive, Software);
        Assert.All(names, name => Assert.Contains($@"[{Software}\{name}\Ünter]", export, StringComparison.Ordinal));
        Assert.All(names, name => Assert.Equal(name, TextOf(registry.Read($@"{Software}\{name.ToUpperInvariant()}\ÜNTER", "WERT FÜR"))));
    }

    [Fact]
    public void A_change_of_the_current_control_set_is_one_of_each()
    {
        var registry = WindowsRegistry.OfHive(MinimalHive.Write(_folder["SYSTEM"]), System);
        registry.Apply([
            new($@"{System}\ControlSet001\Services", false, []), new($@"{System}\ControlSet003\Services", false, []), new($@"{System}\ControlSetup", false, []),
            new($@"{System}\Select", false, [new("Current", RegistryType.Number, [3, 0, 0, 0])])]);

        var changes = registry.Apply([new($@"{System}\CurrentControlSet\Services\Tcpip", false, [Text("Hostname", "r101-pc01")])]);

        Assert.Equal(
            [$@"{System}\ControlSet001\Services\Tcpip", $@"{System}\ControlSet003\Services\Tcpip"],
            changes.Where(change => change.ValueName is not null).Select(change => change.Key));
        registry.Apply([new($@"{System}\ControlSet001\Services\Tcpip", true, [])]);
        Assert.Equal("r101-pc01", TextOf(registry.Read($@"{System}\currentcontrolset\services\tcpip", "hostname")));
        Assert.Equal([$@"{System}\CurrentControlSet\Services\Tcpip"], registry.Export($@"{System}\CurrentControlSet\Services\Tcpip").Select(edit => edit.Key));
        Assert.Equal(["Tcpip"], registry.SubKeys($@"{System}\CurrentControlSet\Services"));
    }

    [Fact]
    public void What_is_exported_merges_into_an_empty_hive_as_the_same() => Seeded.Cases(40, random =>
    {
        var registry = Open();
        registry.Apply([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => EditOf(random))]);
        var exported = registry.Export(Software);

        var file = RegistryFile.Write(exported);
        var other = WindowsRegistry.OfHive(MinimalHive.Write(_folder["other/SOFTWARE"]), Software);
        other.Apply(RegistryFile.Parse(file));

        Assert.Equal(file, RegistryFile.Write(other.Export(Software)));
        Assert.Equal(exported.Skip(1).Select(edit => edit.Key[(Software.Length + 1)..]), HiveLaw.Keys(_folder["other/SOFTWARE"]));
        Assert.Empty(other.Plan(exported));
    });

    [Fact]
    public void Keys_that_come_and_go_leave_a_whole_hive() => Seeded.Cases(30, random =>
    {
        var registry = Open(random.Next(2) == 0 ? 3u : 5);
        for (var round = 0; round < 4; round++)
        {
            registry.Apply([.. Enumerable.Range(0, random.Next(1, 10)).Select(_ => random.Next(3) == 0 ? new RegistryEdit(KeyOf(random), true, []) : EditOf(random))]);
            Assert.Equal(registry.Export(Software).Skip(1).Select(edit => edit.Key[(Software.Length + 1)..]), HiveLaw.Keys(Hive));
        }
    });

    [Theory]
    [InlineData(@"HKEY_LOCAL_MACHINE\HARDWARE\X", "registry-root")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEM\X", "registry-root")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWAREX", "registry-root")]
    public void A_key_of_another_file_is_refused(string key, string code)
    {
        Assert.Equal(code, Assert.Throws<UserErrorException>(() => Open().Apply([new(key, false, [])])).Code);
    }

    [Fact]
    public void Too_much_is_not_deleted()
    {
        var registry = WindowsRegistry.OfHive(MinimalHive.Write(_folder["SYSTEM"]), System);
        registry.Apply([new($@"{System}\ControlSet001\Control", false, [])]);

        Assert.Equal("registry-whole", Assert.Throws<UserErrorException>(() => registry.Apply([new($@"{System}\CurrentControlSet", true, [])])).Code);
        Assert.Equal("registry-whole", Assert.Throws<UserErrorException>(() => registry.Apply([new(System, true, [])])).Code);
    }

    [Theory]
    [InlineData(16344, true)]
    [InlineData(16345, false)]
    public void A_value_that_Windows_would_split_is_refused(int length, bool isTaken)
    {
        RegistryEdit[] edits = [new($@"{Software}\A", false, [new("long", RegistryType.Binary, new byte[length])])];

        if (isTaken)
        {
            Open().Apply(edits);
            Assert.Equal(length, Open(keep: true).Read($@"{Software}\A", "long")!.Bytes.Length);
            return;
        }

        var before = File.ReadAllBytes(MinimalHive.Write(Hive));
        Assert.Equal("registry-value", Assert.Throws<UserErrorException>(() => Open(keep: true).Apply(edits)).Code);
        Assert.Equal(before, File.ReadAllBytes(Hive));
        Open(minor: 3).Apply(edits);
        Assert.Equal(length, Open(keep: true).Read($@"{Software}\A", "long")!.Bytes.Length);
    }

    [Fact]
    public void Half_a_character_is_no_name()
    {
        Assert.Equal("registry-name", Assert.Throws<UserErrorException>(() => Open().Apply([new($"{Software}\\a\ud800", false, [])])).Code);
        Assert.Equal("registry-name", Assert.Throws<UserErrorException>(() => Open().Apply([new($@"{Software}\a", false, [Text("a\0b", "c")])])).Code);
    }

    [Fact]
    public void A_refusal_in_one_hive_leaves_the_others_as_they_are()
    {
        MinimalHive.Write(_folder["Windows/System32/config/SOFTWARE"]);
        MinimalHive.Write(_folder["Windows/System32/config/SYSTEM"], isDirty: true);
        var before = File.ReadAllBytes(_folder["Windows/System32/config/SOFTWARE"]);
        var registry = WindowsRegistry.Of(Find);

        var refusal = Assert.Throws<UserErrorException>(() => registry.Apply([new($@"{Software}\A", false, []), new($@"{System}\A", false, [])]));

        Assert.Equal("hive-dirty", refusal.Code);
        Assert.Equal(before, File.ReadAllBytes(_folder["Windows/System32/config/SOFTWARE"]));
        Assert.Null(registry.Read(@"HKEY_CURRENT_USER\A", "b"));
        Assert.Equal("registry-hive", Assert.Throws<UserErrorException>(() => registry.Plan([new(@"HKEY_CURRENT_USER\A", false, [])])).Code);
    }

    private string Hive => _folder["SOFTWARE"];

    private string? Find(string path) => File.Exists(_folder[path]) ? _folder[path] : null;

    private WindowsRegistry Open(uint minor = 5, bool keep = false) => WindowsRegistry.OfHive(keep ? Hive : MinimalHive.Write(Hive, minor), Software);

    private static RegistryValueEdit Text(string name, string text) => new(name, RegistryType.Text, [.. Encoding.Unicode.GetBytes(text), 0, 0]);

    private static string? TextOf(RegistryData? data) => data is null ? null : Encoding.Unicode.GetString(data.Bytes).TrimEnd('\0') is var text && data.Type == RegistryType.Text ? text : Encoding.Latin1.GetString(data.Bytes[..4]);

    private static string KeyOf(Random random) => Software + string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => '\\' + NameOf(random)));

    private static string NameOf(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 3)).Select(_ => "aB_^zäÖß§Я日[ -"[random.Next(14)])).Trim() is { Length: > 0 } name ? name : "x";

    private static RegistryEdit EditOf(Random random)
    {
        var values = Enumerable.Range(0, random.Next(5)).Select(_ =>
        {
            var data = new byte[random.Next(random.Next(10) == 0 ? 5000 : 40)];
            random.NextBytes(data);
            return new RegistryValueEdit(random.Next(5) == 0 ? "" : NameOf(random), (RegistryType)random.Next(13), data);
        });
        return new RegistryEdit(KeyOf(random), false, [.. values]);
    }
}

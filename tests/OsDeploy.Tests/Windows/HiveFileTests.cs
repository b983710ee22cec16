using Mono.Unix.Native;
using OsDeploy.Windows;
using Xunit;

namespace OsDeploy.Tests.Windows;

public sealed class HiveFileTests : IDisposable
{
    private const string Root = @"HKEY_LOCAL_MACHINE\SOFTWARE";
    private static readonly RegistryEdit[] s_edits = [new($@"{Root}\A", false, [])];

    private readonly TemporaryFolder _folder = new();

    private string Hive => _folder["SOFTWARE"];

    private WindowsRegistry Registry => WindowsRegistry.OfHive(Hive, Root);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_hive_that_was_not_closed_is_refused_and_stays_as_it_is()
    {
        var before = File.ReadAllBytes(MinimalHive.Write(Hive, isDirty: true));

        var refusal = Assert.Throws<UserErrorException>(() => Registry.Apply(s_edits));

        Assert.Equal("hive-dirty", refusal.Code);
        Assert.Contains("shutdown /s", refusal.Hint, StringComparison.Ordinal);
        Assert.Equal("hive-dirty", Assert.Throws<UserErrorException>(() => Registry.Read($@"{Root}\A", "b")).Code);
        Assert.Equal(before, File.ReadAllBytes(Hive));
    }

    [Fact]
    public void After_an_edit_both_numbers_are_equal_and_higher()
    {
        MinimalHive.Write(Hive);
        var before = HiveHeader.Read(Hive);

        Registry.Apply(s_edits);

        var after = HiveHeader.Read(Hive);
        Assert.False(after.IsDirty);
        Assert.True(after.First > before.First);
        Assert.Equal([Hive], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Logs_of_what_was_there_before_are_emptied_and_those_of_others_are_not()
    {
        MinimalHive.Write(Hive);
        string[] own = ["SOFTWARE.LOG", "software.log1", "SOFTWARE.LOG2"];
        string[] others = ["SYSTEM.LOG1", "SOFTWARE.LOG3", "SOFTWARE.SAV"];
        own.Concat(others).ToList().ForEach(name => File.WriteAllText(_folder[name], "log"));

        Registry.Plan(s_edits);
        Assert.All(own, name => Assert.Equal(3, new FileInfo(_folder[name]).Length));
        Registry.Apply(s_edits);

        Assert.All(own, name => Assert.Equal(0, new FileInfo(_folder[name]).Length));
        Assert.All(others, name => Assert.Equal(3, new FileInfo(_folder[name]).Length));
    }

    [Fact]
    public void Its_mode_stays()
    {
        MinimalHive.Write(Hive);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(Hive, mode);

        Registry.Apply(s_edits);

        Assert.Equal(mode, File.GetUnixFileMode(Hive));
    }

    [Fact]
    public void Where_nothing_differs_the_file_is_not_touched()
    {
        MinimalHive.Write(Hive);
        Registry.Apply(s_edits);
        Assert.Equal(0, Syscall.stat(Hive, out var before));

        Assert.Empty(Registry.Apply(s_edits));

        Assert.Equal(0, Syscall.stat(Hive, out var after));
        Assert.Equal(before.st_ino, after.st_ino);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(511)]
    [InlineData(4096)]
    [InlineData(8000)]
    public void A_hive_that_is_cut_off_is_damaged(int length)
    {
        File.WriteAllBytes(Hive, MinimalHive.Bytes(5, isDirty: false)[..length]);

        Assert.Equal("hive-damaged", Assert.Throws<UserErrorException>(() => Registry.Apply(s_edits)).Code);
    }

    [Fact]
    public void What_is_no_hive_or_not_there_is_said_so()
    {
        File.WriteAllBytes(Hive, new byte[8192]);
        Assert.Equal("hive-damaged", Assert.Throws<UserErrorException>(() => Registry.Plan(s_edits)).Code);
        File.Delete(Hive);
        Assert.Equal("hive-unreadable", Assert.Throws<UserErrorException>(() => Registry.Plan(s_edits)).Code);
    }

    [Fact]
    public void Damaged_hives_are_refused_by_name_or_edited() => Seeded.Cases(300, random =>
    {
        var whole = _folder["whole"];
        if (!File.Exists(whole))
        {
            MinimalHive.Write(whole);
            WindowsRegistry.OfHive(whole, Root).Apply([.. Enumerable.Range(0, 30).Select(i => new RegistryEdit($@"{Root}\k{i}\b_{i % 7}", false, [new("v", RegistryType.Binary, new byte[i * 3])]))]);
        }

        // The header is right, else hardly anything gets past its checksum.
        var bytes = File.ReadAllBytes(whole);
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            bytes[random.Next(MinimalHive.Blocks, bytes.Length)] = (byte)random.Next(256);
        }

        File.WriteAllBytes(Hive, bytes);
        try
        {
            Registry.Export(Root);
            Registry.Apply([new($@"{Root}\k{random.Next(30)}", true, []), .. s_edits, new($@"{Root}\k{random.Next(30)}\c", false, [new("v", RegistryType.None, [])])]);
        }
        catch (UserErrorException e)
        {
            Assert.Contains(e.Code, new[] { "hive-damaged", "hive-not-kept", "registry-name", "registry-key" });
        }
    });
}

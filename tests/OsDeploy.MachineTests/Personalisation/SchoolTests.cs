using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.MachineTests.Rooms;
using OsDeploy.Tests.Personalisation;
using OsDeploy.Tests.Windows;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>A room gets names, domain and files by a job, with real programs at every end.</summary>
public sealed class SchoolTests
{
    private const long DiskSize = 140L << 20;
    private const int Linux = 1;
    private const int Windows = 2;
    private const string Password = "canary-b7f2-password";
    private const string ProductKey = "CANRY-CANRY-CANRY-CANRY-12345";

    public SchoolTests() => Root.OrSkip();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_host_of_a_room_comes_up_as_itself_and_the_secrets_are_in_one_place()
    {
        await using var files = new ImagingLab();
        await using var room = await RoomLab.OpenAsync();
        await using var master = await MasterAsync();
        await using var first = await TestDisk.CreateAsync(DiskSize);
        await using var second = await TestDisk.CreateAsync(DiskSize);
        var folder = files.NewFolder();
        await File.WriteAllTextAsync(Path.Combine(folder, "password"), Password + "\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder, "proxy.reg"), "REGEDIT4\n\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\School]\n\"Proxy\"=\"proxy\"\n", Cancel);
        await room.DoAsync("config", "set", "lab", "--partition", $"{Linux}:os=Linux", "--partition", $"{Windows}:os=Win10,join=Domain,product-id={ProductKey}", "--domain", "school.example", "--ou", "OU=rooms,DC=school,DC=example");
        await room.DoAsync("join-account", "set", "school.example", "--user", "joiner", "--password-file", Path.Combine(folder, "password"));
        await room.DoAsync("addition", "add", Path.Combine(folder, "proxy.reg"), "--kind", "registry", "--room", "r101");
        await room.StartHostAsync(1, master);
        await room.DoAsync("config", "master", "lab", await room.RegisterAsync(1));
        await room.DoAsync("job", "start", "capture", "r101-01", "--yes", "--watch");
        await room.StartHostAsync(2, first);
        await room.StartHostAsync(3, second);
        await room.RegisterAsync(2);
        await room.RegisterAsync(3);

        var started = await room.TryAsync("job", "start", "restore", "r101-02", "r101-03", "--yes", "--count", "2", "--watch");

        var preview = started.Output + started.ErrorOutput;
        Assert.True(started.ExitCode == 0, preview);
        Assert.Contains("becomes r101-02", preview, StringComparison.OrdinalIgnoreCase);
        await AssertIsAsync(first, "r101-02");
        await AssertIsAsync(second, "r101-03");
        Assert.Contains("unattend.xml", await room.DoAsync("job", "show", "2", "--log"), StringComparison.Ordinal);
        foreach (var secret in new[] { Password, ProductKey })
        {
            Assert.Empty(await FilesWithAsync(room.Folder, secret));
            Assert.DoesNotContain(secret, preview + await room.DoAsync("job", "show", "2", "--log") + await room.DoAsync("audit"), StringComparison.Ordinal);
        }
    }

    private static async Task AssertIsAsync(TestDisk disk, string name)
    {
        await using (var linux = await disk.MountAsync(Linux, isReadOnly: true))
        {
            Assert.Equal(name + "\n", await File.ReadAllTextAsync(Path.Combine(linux.Folder, "etc/hostname"), Cancel));
        }

        await using var windows = await disk.MountAsync(Windows, isReadOnly: true);
        var answers = await File.ReadAllTextAsync(Path.Combine(windows.Folder, "Windows/Panther/unattend.xml"), Cancel);
        Assert.Contains($"<ComputerName>{name}</ComputerName>", answers, StringComparison.Ordinal);
        Assert.Contains($"<Password>{Password}</Password>", answers, StringComparison.Ordinal);
        Assert.Contains($"<ProductKey>{ProductKey}</ProductKey>", answers, StringComparison.Ordinal);
        Assert.Contains("<MachineObjectOU>OU=rooms,DC=school,DC=example</MachineObjectOU>", answers, StringComparison.Ordinal);
        Assert.Contains("\"Proxy\"=str(1):\"proxy\"", await HiveTools.ExportAsync(Path.Combine(windows.Folder, "Windows/System32/config/SOFTWARE"), @"HKLM\SOFTWARE"), StringComparison.Ordinal);
    }

    // All that daemon and agents keep: database, log, contents, states.
    private static async Task<IReadOnlyList<string>> FilesWithAsync(string folder, string secret)
    {
        var found = await new Command("grep", "--recursive", "--files-with-matches", "--binary-files=text", "--fixed-strings", secret, folder).Accepting(code => code is 0 or 1).RunAsync(Cancel);
        return found.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<TestDisk> MasterAsync()
    {
        var disk = await TestDisk.CreateAsync(DiskSize, "label: dos\nsize=60MiB,type=83\nsize=70MiB,type=7\n");
        await disk.FormatAsync(Linux, "ext4");
        await disk.FormatAsync(Windows, "ntfs");
        await using (var linux = await disk.MountAsync(Linux))
        {
            Directory.CreateDirectory(Path.Combine(linux.Folder, "etc"));
            await File.WriteAllTextAsync(Path.Combine(linux.Folder, "etc/hostname"), "master\n", Cancel);
        }

        await using var windows = await disk.MountAsync(Windows);
        WindowsTree.Fill(windows.Folder, "Windows");
        return disk;
    }
}

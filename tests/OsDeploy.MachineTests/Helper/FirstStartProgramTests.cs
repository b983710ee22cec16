using OsDeploy.Helper;
using OsDeploy.Helper.Health;
using OsDeploy.Helper.Settings;
using OsDeploy.Helper.Storage;
using OsDeploy.MachineTests.Cli;
using OsDeploy.SetUp;

namespace OsDeploy.MachineTests.Helper;

/// <summary>The first start by a file of answers: the real program and the real daemon, a helper that sees one disk, and a folder as its root.</summary>
public sealed class FirstStartProgramTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osdeploy-first-");
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _started = [];
    private Task _serving = Task.CompletedTask;

    public FirstStartProgramTests()
    {
        Root.OrSkip();
        Assert.SkipWhen(Command.WhyMissing("lsblk", "blkid", "sfdisk", "wipefs", "mkfs.ext4", "e2label", "partx") is not null, "needs util-linux and e2fsprogs");
        Assert.SkipUnless(File.Exists("/usr/share/zoneinfo/Europe/Berlin"), "needs tzdata");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Volume => Path.Combine(_folder.FullName, "volume");

    private string Rooted => Path.Combine(_folder.FullName, "root");

    private string Socket => Path.Combine(_folder.FullName, "helper.sock");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _stop.Dispose();
        await new Command("umount", "--lazy", Volume).Accepting(_ => true).RunAsync(CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_blank_disk_and_a_file_make_an_appliance_that_comes_back_after_its_next_start()
    {
        await using var disk = await BareDisk.CreateAsync();
        Serve(disk);
        var answers = await AnswersAsync("anna");
        var before = Directory.GetFileSystemEntries("/dev/shm", "osdeploy-*").Length;

        var first = await RunAsync("--answers", answers);

        Assert.True(first.ExitCode == 0, first.ErrorOutput);
        Assert.Equal(new ApplianceSettings("en", "schule", "Europe/Berlin", new NetworkSettings("eth0", "10.0.0.5/24")), ApplianceSettings.Read(Volume));
        Assert.True(File.Exists(Path.Combine(Volume, "documents.db")));
        Assert.Equal("schule\n", await File.ReadAllTextAsync(Path.Combine(Rooted, "etc/hostname"), Cancel));
        Assert.Contains("Address=10.0.0.5/24\n", await File.ReadAllTextAsync(Path.Combine(Rooted, "run/systemd/network/10-osdeploy.network"), Cancel), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries("/dev/shm", "osdeploy-*").Length);

        // It has its operator: nobody is asked for one.
        Assert.Equal(0, (await new Command(OsDeployProgram.Daemon, "--set-up", "--data", Volume).Accepting(_ => true).RunAsync(Cancel)).ExitCode);

        // The power goes: the system forgets, the volume does not.
        await BareDisk.RunAsync("umount", Volume);
        File.Delete(Path.Combine(Rooted, "etc/hostname"));
        _started.Clear();
        Assert.Equal(0, (await RunAsync("--apply")).ExitCode);
        Assert.Equal("schule\n", await File.ReadAllTextAsync(Path.Combine(Rooted, "etc/hostname"), Cancel));
        Assert.Equal(["networkctl reload", "nft -f -", "daemon"], _started);
        Assert.Equal(0, (await RunAsync("--answers", answers)).ExitCode);
    }

    [Fact]
    public async Task A_set_up_that_was_cut_short_goes_on_by_the_one_who_began_it()
    {
        await using var disk = await BareDisk.CreateAsync();
        Serve(disk);
        Assert.Equal(0, (await RunAsync("--answers", await AnswersAsync("anna"))).ExitCode);
        File.Delete(Path.Combine(Volume, "appliance.json")); // as if the power had gone before the commit point

        var other = await RunAsync("--answers", await AnswersAsync("bert"));

        Assert.Equal(1, other.ExitCode);
        Assert.Contains("[set-up-by-another]", other.ErrorOutput, StringComparison.Ordinal);
        Assert.Contains("anna", other.ErrorOutput, StringComparison.Ordinal);
        Assert.Null(ApplianceSettings.Read(Volume));
        var again = await RunAsync("--answers", await AnswersAsync("anna"));
        Assert.True(again.ExitCode == 0, again.ErrorOutput);
        Assert.Equal("schule", ApplianceSettings.Read(Volume)?.HostName);
    }

    [Fact]
    public async Task An_appliance_that_was_not_set_up_says_so()
    {
        await using var disk = await BareDisk.CreateAsync();
        Serve(disk);

        var result = await RunAsync("--apply");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("[first-start-needed]", result.ErrorOutput, StringComparison.Ordinal);
    }

    private async Task<string> AnswersAsync(string name)
    {
        var password = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(password, "correct horse battery\n", Cancel);
        var answers = Path.Combine(_folder.FullName, "answers");
        await File.WriteAllTextAsync(
            answers, $"disk = blank\noperator = {name}\npassword-file = {password}\ninterface = eth0\naddress = 10.0.0.5/24\npxe = off\nschool = Ring\nhost-name = schule\ntime-zone = Europe/Berlin\n", Cancel);
        return answers;
    }

    private Task<CommandResult> RunAsync(params string[] arguments) => new Command(
        "env", [$"PATH={Path.GetDirectoryName(OsDeployProgram.Daemon)}:{Environment.GetEnvironmentVariable("PATH")}", OsDeployProgram.Path, "first-start", "--data", Volume, "--helper", Socket, .. arguments])
        .WithDeadline(TimeSpan.FromMinutes(2)).Accepting(_ => true).RunAsync(Cancel);

    private void Serve(BareDisk disk)
    {
        Directory.CreateDirectory(Path.Combine(Rooted, "etc"));
        Directory.CreateDirectory(Path.Combine(Rooted, "usr/share/zoneinfo/Europe"));
        File.Copy("/usr/share/zoneinfo/Europe/Berlin", Path.Combine(Rooted, "usr/share/zoneinfo/Europe/Berlin"));
        Directory.CreateDirectory(Volume);
        var disks = BareDisk.Only(disk);
        var verbs = new ApplianceVerbs(
            disks,
            new DataDiskMaker(disks, 0, 0, (program, cancel) => program.RunAsync(cancel)),
            new MountedVolume(disks, Volume, 0),
            new SystemSettings(Rooted, Volume, (program, _) =>
            {
                _started.Add($"{program}");
                return Task.CompletedTask;
            }),
            new JournalFile(Path.Combine(_folder.FullName, "journal"), 0));
        var server = new HelperServer(
            new Options(Socket, 0, IsDryRun: false),
            _ =>
            {
                _started.Add("daemon");
                return [new Command("true")];
            },
            TimeProvider.System,
            _ => { },
            appliance: verbs);
        _serving = server.RunAsync(_stop.Token);
    }
}

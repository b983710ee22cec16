using System.Globalization;
using System.Text.RegularExpressions;
using OsDeploy.Lab.Pcs;
using OsDeploy.ImageBuilder.Appliance;

namespace OsDeploy.MachineTests.Boot;

/// <summary>The appliance, started from its stick.</summary>
public sealed class ApplianceMediumTests : IDisposable
{
    private const int Memory = 1536;
    private const string Operator = "anna";
    private const string Password = "Sieben-Segel-im-Wind";

    // On the console's first screen.
    private const string Login = "Log in";

    // Behind it, as the daemon says.
    private const string Inside = "0 hosts in all";
    private static readonly string s_medium = Path.GetFullPath($"{ClientImageFiles.Folder}/../../{ApplianceImage.Name}");
    private static readonly TimeSpan s_boot = TimeSpan.FromMinutes(10); // GRUB reads a disc slowly under emulated Secure Boot

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-ap-");

    public ApplianceMediumTests()
    {
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(File.Exists(s_medium), "there is no appliance: run ./build.sh iso");
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Under_Secure_Boot_an_appliance_that_is_new_starts_into_its_first_questions()
    {
        await using var appliance = SwitchOn(PcFirmware.SecureBoot, await DiskAsync("data"));

        await appliance.WaitForAsync("Language / Sprache / Langue", s_boot, Cancel);
    }

    [Fact]
    public async Task Answers_on_a_volume_set_it_up_and_the_next_start_finds_everything_again()
    {
        var (data, answers) = (await DiskAsync("data"), await AnswersAsync());
        await using (var appliance = SwitchOn(PcFirmware.Bios, data, answers))
        {
            await appliance.WaitForAsync(Login, s_boot, Cancel);
            await appliance.CommandAsync("system_powerdown", Cancel);
            await appliance.WaitForOffAsync(s_boot, Cancel);
        }

        Assert.Contains("system.journal", await JournalOnAsync(data), StringComparison.Ordinal);
        await using var again = SwitchOn(PcFirmware.Bios, data);
        await again.WaitForAsync(Login, s_boot, Cancel);
        await again.TypeAsync($"{Operator}\t{Password}\r", Cancel);
        await again.WaitForAsync(Inside, s_boot, Cancel);
        Assert.DoesNotContain(Password, again.Serial, StringComparison.Ordinal);
    }

    private QemuPc SwitchOn(PcFirmware firmware, params string[] disks) => QemuPc.SwitchOn(_folder.FullName, new PcParts("appliance")
    {
        Firmware = firmware,
        Memory = Memory,

        // UEFI tries every way of starting over the network first, which takes it minutes.
        Cards = firmware == PcFirmware.Bios ? [new PcCard("52:54:00:00:00:41")] : [],
        Disks = [new PcDisk(s_medium, "STICK"), .. disks.Select(disk => new PcDisk(disk, Path.GetFileName(disk)))],
    });

    // What the first start has left of its journal, in a folder with the id that it had.
    private static async Task<string> JournalOnAsync(string data)
    {
        var table = await new Command("sfdisk", "--dump", data).RunAsync(Cancel);
        var start = long.Parse(Regex.Match(table.Output, @"start=\s*(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
        var volume = string.Create(CultureInfo.InvariantCulture, $"{data}?offset={start * 512}");
        var starts = await new Command("debugfs", "-R", "ls -p /journal", volume).RunAsync(Cancel);
        var id = Regex.Match(starts.Output, "/([0-9a-f]{32})/").Groups[1].Value;
        return (await new Command("debugfs", "-R", "ls -p /journal/" + id, volume).RunAsync(Cancel)).Output;
    }

    private async Task<string> DiskAsync(string name)
    {
        var disk = Path.Combine(_folder.FullName, name);
        await using var file = File.Create(disk);
        file.SetLength(3L << 30);
        return disk;
    }

    private async Task<string> AnswersAsync()
    {
        var (image, answers, password) = (Path.Combine(_folder.FullName, "answers"), Path.Combine(_folder.FullName, "osdeploy-answers.txt"), Path.Combine(_folder.FullName, "password.txt"));
        await File.WriteAllTextAsync(answers, $"disk = blank\noperator = {Operator}\npassword-file = password.txt\naddress = 10.0.2.15/24\npxe = off\nschool = Test\n", Cancel);
        await File.WriteAllTextAsync(password, Password + "\n", Cancel);
        await new Command("mformat", "-C", "-i", image, "-v", "OSDEPLOYSET", "-h", "16", "-s", "63", "-t", "32", "::").RunAsync(Cancel);
        await new Command("mcopy", "-i", image, answers, password, "::").RunAsync(Cancel);
        return image;
    }
}

using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Rooms;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Helper;

namespace OsDeploy.MachineTests.Boot;

/// <summary>A classroom for one test, with a room and a configuration in it.</summary>
internal sealed class TestClassroom : IAsyncDisposable
{
    public const string Room = "r101";
    public const string Configuration = "lab";

    private readonly DirectoryInfo _folder;

    private TestClassroom(DirectoryInfo folder, Classroom lab) => (_folder, Lab) = (folder, lab);

    public Classroom Lab { get; }

    public LabAppliance Appliance => Lab.Appliance;

    /// <summary>The same where it runs on this computer.</summary>
    public LocalAppliance Local => (LocalAppliance)Lab.Appliance;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="hasSchool">The appliance serves beside a DHCP server of the school; else it is the DHCP server.</param>
    public static Task<TestClassroom> OpenAsync(bool hasSchool, params IReadOnlyList<PcFirmware> pcs) => OpenAsync(hasSchool, null, pcs);

    /// <param name="medium">What the appliance is started from; null: it runs on this computer.</param>
    /// <inheritdoc cref="OpenAsync(bool, IReadOnlyList{PcFirmware})"/>
    public static async Task<TestClassroom> OpenAsync(bool hasSchool, string? medium, IReadOnlyList<PcFirmware> pcs)
    {
        Root.OrSkip();
        var (_, client) = ClientImageFiles.OrSkip();
        var folder = Directory.CreateTempSubdirectory("osd-room-");
        try
        {
            // dnsmasq gives up its rights and must still find its files.
            var boot = folder.CreateSubdirectory("boot");
            File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.OtherRead);
            var programs = new LabPrograms(OsDeployProgram.Path, OsDeployProgram.Daemon, HelperProgram.Path, client);
            var lab = await Classroom.OpenAsync(new ClassroomPlan("osd-room", folder.FullName, boot.FullName, programs, pcs, hasSchool, medium), Cancel);
            await FurnishAsync(lab);
            return new TestClassroom(folder, lab);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    private static async Task FurnishAsync(Classroom lab)
    {
        try
        {
            await lab.Appliance.DoAsync("room", "add", Room);
            await lab.Appliance.DoAsync("config", "add", Configuration, "--partition", "3:os=Linux");
            await lab.Appliance.DoAsync("room", "set", Room, "--config", Configuration);
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public static string NameOf(int number) => $"{Room}-{number:00}";

    /// <summary>Registers a PC by its address alone.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> RegisterAsync(int number)
    {
        var name = NameOf(number);
        await Appliance.DoAsync("host", "add", "--mac", Lab.Pc(number).Mac, "--name", name, "--room", Room);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        await Lab.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

using System.Runtime.InteropServices;
using Mono.Unix.Native;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Health;
using OsDeploy.Helper.Igmp;
using OsDeploy.Helper.Settings;
using OsDeploy.Helper.Storage;
using OsDeploy.Helper.Systems;
using OsDeploy.Text;

namespace OsDeploy.Helper;

/// <summary>Does as root what osdeployd, which is not root, may ask for. Ends with 0 after SIGTERM, 1 failed, 2 usage.</summary>
internal static class Program
{
    private const string BoardClock = "/dev/rtc0"; // what hwclock(8) uses

    private static async Task<int> Main(string[] arguments)
    {
#pragma warning disable RS0030 // The one place that prints: standard error is the log.
        var log = Console.Error;
#pragma warning restore RS0030
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        try
        {
            var options = Options.Parse(arguments);
            await using var dnsmasq = new Dnsmasq(new DnsmasqPaths(options.BootFolder), TimeProvider.System, log.WriteLine);
            await using var querier = new MulticastQuerier(TimeProvider.System, log.WriteLine);
            var network = new NetworkVerbs(dnsmasq, querier, TimeProvider.System);
            using var appliance = ApplianceOf(options);
            await using var systems = SystemsOf(options, log.WriteLine);
            var server = new HelperServer(options, request => Verbs.ProgramsOf(request, File.Exists(BoardClock)), TimeProvider.System, log.WriteLine, network, appliance, OperatorFile.OfSystem(), systems);
            if (!options.IsDryRun)
            {
                Doorway.MakeFolder(options.BootFolder, options.AllowedUser);
            }

            await server.RunAsync(stop.Token);
            return 0;
        }
        catch (UserErrorException e)
        {
            await log.WriteLineAsync($"{Printable.Of(e.Message)}   [{e.Code}]");
            await log.WriteLineAsync(Printable.Of(e.Hint));
            return e.Code.StartsWith("usage-", StringComparison.Ordinal) ? 2 : 1;
        }

        void Stop(PosixSignalContext context)
        {
            // The program ends by itself, after the socket is removed.
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static SystemDesk SystemsOf(Options options, Action<string> log)
    {
        var disks = new DataDisks();
        Func<Command, CancellationToken, Task> run = (program, cancel) => program.WithOwnSession().RunAsync(cancel);
        var places = SystemPlaces.OfThis(options.DataFolder);
        return new SystemDesk(disks, new DiskInstaller(disks, options.AllowedUser, GroupOf(options), places.Work, run), RunningSystem.OfThis(), places, run, new SystemWorker(log));
    }

    private static uint GroupOf(Options options) => Syscall.getpwuid(options.AllowedUser)?.pw_gid ?? options.AllowedUser;

    private static ApplianceVerbs ApplianceOf(Options options)
    {
        var disks = new DataDisks();
        Func<Command, CancellationToken, Task> run = (program, cancel) => program.RunAsync(cancel);
        return new ApplianceVerbs(
            disks, new DataDiskMaker(disks, options.AllowedUser, GroupOf(options), run), new MountedVolume(disks, options.DataFolder, options.AllowedUser), new SystemSettings("/", options.DataFolder, run),
            new JournalFile(HelperProtocol.JournalOf(options.Socket), options.AllowedUser));
    }
}

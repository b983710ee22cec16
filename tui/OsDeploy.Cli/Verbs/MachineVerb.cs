using System.CommandLine;
using OsDeploy.Agent;
using OsDeploy.Agent.Network;
using OsDeploy.Agent.Network.Wireless;
using OsDeploy.Api;
using OsDeploy.Api.Jobs;
using OsDeploy.Boot;
using OsDeploy.Cli.Machine;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Machine;
using OsDeploy.Screens.Machine.Views;
using OsDeploy.Screens.Words;
using OsDeploy.Text;
using OsDeploy.Tui.Configuration;

namespace OsDeploy.Cli.Verbs;

internal sealed class MachineVerb : Verb
{
    private const int MostSleep = 3600;

    private const string KernelLine = "/proc/cmdline";

    private readonly Option<string?> _server = new("--server") { Description = "Address of the server.", HelpName = "URL" };
    private readonly Option<string?> _fromKernel = new("--from-kernel") { Description = "Take the server and how to behave from the kernel's command line; a file may stand for it.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _network = new("--network") { Description = "Find the way to the server first: ask on all network cards for an address; udhcpc calls this script.", HelpName = "SCRIPT" };
    private readonly Option<string?> _pin = new("--pin") { Description = "Fingerprint of the server's key.", HelpName = "FINGERPRINT" };
    private readonly Option<string?> _claim = new("--claim") { Description = "Token of the job this computer had before it was restarted.", HelpName = "TOKEN" };
    private readonly Option<string?> _state = new("--state") { Description = "Keep the token of the job under way here, to take it up after a restart of this program.", HelpName = "FILE" };
    private readonly Option<bool> _unattended = new("--unattended") { Description = "Nobody sits here: do not wait before disks are overwritten." };
    private readonly Option<bool> _auto = VerbOptions.Flag("--auto", "Show the screens, and ask nobody anything.");
    private readonly Option<bool> _plain = VerbOptions.Flag("--plain", "Lines instead of screens; so it is anyway where there is no terminal.");
    private readonly Option<string?> _language = ScreenOptions.Language();
    private readonly Option<bool> _highContrast = ScreenOptions.HighContrast();
    private readonly Option<int?> _sleep = VerbOptions.Number("--sleep", "Seconds to wait after each step, so that it can be read.", 0, MostSleep);
    private readonly Option<bool> _debug = VerbOptions.Flag("--cdebug", "Stop after each step until a key is pressed.");
    private const string ShellMark = "/run/osdeploy/shell";

    private readonly Option<bool> _noShell = VerbOptions.Flag("--no-shell", "No root shell in the menu.");
    private readonly Option<string?> _chosen = new("--chosen") { Description = "Ask which appliance it is where the kernel's command line does not say, and keep the answer here.", HelpName = "FILE" };
    private readonly Option<bool> _consoleLogin = new("--console-login") { Description = "Be no host: ask for an administrator, whom the server must know, and give a root shell on this console." };
    private readonly Option<bool> _once = new("--once") { Description = "End after one job: 0 verified, 3 with warnings, 1 not." };
    private readonly Option<string?> _labIdentity = new("--lab-identity") { Description = "For tests: be the computer that this file describes.", HelpName = "FILE" };
    private readonly Option<string[]> _labDisks = new("--lab-disk") { Description = "For tests: a disk of that computer, and its serial number.", HelpName = "FILE=SERIAL" };

    public MachineVerb(Session session)
        : base(
            session,
            "machine",
            "Be a host: ask a server for jobs, do them on the disks of this computer, and report.",
            "machine --server https://192.0.2.7:7443 --pin 3f2a... --language de",
            "machine --server https://192.0.2.7:7443 --pin 3f2a... --unattended",
            "machine --from-kernel --network /usr/lib/osdeploy/lease",
            "machine --server http://127.0.0.1:8080 --once --lab-identity pc1.json --lab-disk pc1.img=LAB-1")
    {
        Takes(_server, _fromKernel, _network, _pin, _claim, _state, _unattended, _auto, _plain, _language, _highContrast, _sleep, _debug, _noShell, _chosen, _consoleLogin, _once, _labIdentity, _labDisks);
        Validators.Add(result =>
        {
            if (result.GetResult(_labDisks) is not null && result.GetResult(_labIdentity) is null)
            {
                result.AddError("--lab-disk needs --lab-identity.");
            }

            if (result.GetResult(_server) is null && result.GetResult(_fromKernel) is null)
            {
                result.AddError("Option '--server' is required.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var given = KernelOf(parsed);
        var kernel = await ChosenAsync(parsed, given, cancel);
        var server = parsed.GetValue(_server) ?? kernel.Server ?? throw Errors.UsageKernelServer();
        var key = KeyOf(parsed.GetValue(_pin) ?? kernel.Pin, server);
        if (parsed.GetValue(_consoleLogin))
        {
            Language.Use(Language.Choose(parsed.GetValue(_language) ?? kernel.Language, Environment.GetEnvironmentVariable));
            return await LogInHereAsync(OptionsOf(parsed, kernel, server, key), cancel);
        }

        // Who has just been asked for the appliance was asked for the network before.
        if (ReferenceEquals(kernel, given) && Terminal.CanAsk && parsed.GetResult(_chosen) is not null && WirelessCard.IsPossible)
        {
            await NewMachineStart(parsed, kernel).OfferWirelessAsync(cancel);
        }

        var computer = ComputerOf(parsed, server);
        var network = parsed.GetValue(_network) is { } script ? new BootNetwork(new BootNetworkOptions(server, key, kernel.Vlan, FullPath(script)!), Session.Clock) : null;
        var options = new AgentOptions(
            server, key, ProgramVersion.Text, parsed.GetValue(_claim) ?? kernel.Token, FullPath(parsed.GetValue(_state)), parsed.GetValue(_once), kernel.Boot, kernel.Auto, network);
        if (!parsed.GetValue(_once) && (Terminal.HasScreen || (Terminal.CanAsk && parsed.GetValue(_plain))))
        {
            return await SitHereAsync(parsed, kernel, options, computer, cancel);
        }

        var screen = new MachineScreen(Session, parsed.GetValue(_unattended));
        screen.Say($"{ProgramVersion.Text}, server {Printable.Of(server)}{(key is { } pinned ? $", key {pinned.Words}" : "")}");
        using var loop = new AgentLoop(options, computer, screen, Session.Clock);
        var end = await loop.RunAsync(cancel);
        return end.Outcome != JobOutcome.Verified ? ExitCode.Failed : screen.Warnings > 0 ? ExitCode.DoneWithWarnings : ExitCode.Done;
    }

    private async Task<ExitCode> LogInHereAsync(MachineOptions options, CancellationToken cancel)
    {
        var lines = new PlainLines(Terminal.Talk, Terminal.TryAskAsync, Terminal.TryAskSecretAsync);
        return await ConsoleLogin.RunAsync(options, lines, RootShell.Run, Session.Clock, cancel) ? ExitCode.Done : ExitCode.Failed;
    }

    // Somebody is in front of it.
    private async Task<ExitCode> SitHereAsync(ParseResult parsed, KernelParameters kernel, AgentOptions agent, Computer computer, CancellationToken cancel)
    {
        Language.Use(Language.Choose(parsed.GetValue(_language) ?? kernel.Language, Environment.GetEnvironmentVariable));
        ThemeManager.Theme = parsed.GetValue(_highContrast) || kernel.HighContrast ? ThemeManager.HighContrast : ThemeManager.Theme;
        var options = OptionsOf(parsed, kernel, agent.Server, agent.Key);
        Terminal.IsTaken = !parsed.GetValue(_plain);
        var last = parsed.GetValue(_plain)
            ? await ScreenMachine.RunPlainAsync(agent, options, computer, Session, cancel)
            : await ScreenMachine.RunAsync(agent, options, computer, Session.Clock, cancel);
        Terminal.IsTaken = false;
        return last is { Outcome: not JobOutcome.Verified } ? ExitCode.Failed : ExitCode.Done;
    }

    private MachineOptions OptionsOf(ParseResult parsed, KernelParameters kernel, string server, ServerKey? key) => new(server, key, ProgramVersion.Text)
    {
        IsAuto = parsed.GetValue(_auto) || parsed.GetValue(_unattended) || kernel.Auto,
        IsUnattended = parsed.GetValue(_unattended),
        Pause = TimeSpan.FromSeconds(parsed.GetValue(_sleep) ?? kernel.Sleep ?? 0),
        StopsAfterSteps = parsed.GetValue(_debug) || kernel.Debug,
        ShellMark = parsed.GetResult(_fromKernel) is null ? null : ShellMark,
        WhyNoShell = RootShell.WhyNot(TerminalDevice(), parsed.GetValue(_noShell) || kernel.NoShell),
    };

    // Without both an address and a key somebody is asked, once.
    private async Task<KernelParameters> ChosenAsync(ParseResult parsed, KernelParameters kernel, CancellationToken cancel)
    {
        if (FullPath(parsed.GetValue(_chosen)) is not { } file || parsed.GetValue(_server) is not null || kernel is { Server: not null, Pin: not null })
        {
            return kernel;
        }

        var known = ChosenAppliance.TryRead(file);
        if (known is null && Terminal.CanAsk && !parsed.GetValue(_consoleLogin))
        {
            known = await NewMachineStart(parsed, kernel).AskAsync(kernel.Server, cancel);
            known?.Write(file);
        }

        return known is null ? kernel : kernel with { Server = known.Server, Pin = known.Key.ToString() };
    }

    private MachineStart NewMachineStart(ParseResult parsed, KernelParameters kernel)
    {
        Language.Use(Language.Choose(parsed.GetValue(_language) ?? kernel.Language, Environment.GetEnvironmentVariable));
        var lines = new PlainLines(Terminal.Talk, Terminal.TryAskAsync, Terminal.TryAskSecretAsync);
        return new MachineStart(lines, FullPath(parsed.GetValue(_network)), kernel.Vlan, Session.Clock);
    }

    private KernelParameters KernelOf(ParseResult parsed)
    {
        if (parsed.GetResult(_fromKernel) is null)
        {
            return new KernelParameters();
        }

        var file = parsed.GetValue(_fromKernel) ?? KernelLine;
        try
        {
            var kernel = KernelParameters.Parse(File.ReadAllText(file));
            foreach (var line in kernel.Ignored)
            {
                Terminal.Talk.WriteLine(line);
            }

            return kernel;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.UsageKernelLine(file, e);
        }
    }

    // Where standard input leads to says whether somebody types at the computer itself.
    private static string? TerminalDevice()
    {
        try
        {
            return File.ResolveLinkTarget("/proc/self/fd/0", returnFinalTarget: false)?.FullName;
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Without encryption there is no key to look at; such addresses are on this computer only.
    private static ServerKey? KeyOf(string? pin, string server)
    {
        if (pin is null)
        {
            return server.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? throw Errors.UsagePinMissing(server) : null;
        }

        return ServerKey.TryParse(pin, out var key) ? key : throw ServerErrors.UsagePin(pin);
    }

    private static string? FullPath(string? path) => path is null ? null : Path.GetFullPath(path);

    private Computer ComputerOf(ParseResult parsed, string server)
    {
        if (parsed.GetValue(_labIdentity) is not { } path)
        {
            return Environment.IsPrivilegedProcess ? new RealComputer() : throw Errors.MachineNeedsRoot();
        }

        if (!LabRule.Allows(server, LabRule.IsOwnNamespace()))
        {
            throw Errors.UsageLab(server);
        }

        return new LabComputer(IdentityIn(path), [.. (parsed.GetValue(_labDisks) ?? []).Select(DiskOf)]);
    }

    private static LabIdentity IdentityIn(string path)
    {
        try
        {
            return LabIdentity.TryParse(File.ReadAllBytes(path)) ?? throw Errors.UsageLabIdentity(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.UsageLabIdentity(path);
        }
    }

    private static LabDisk DiskOf(string text)
    {
        var split = text.LastIndexOf('=');
        return split > 0 && split < text.Length - 1 && File.Exists(text[..split])
            ? new LabDisk(Path.GetFullPath(text[..split]), text[(split + 1)..])
            : throw Errors.UsageLabDisk(text);
    }
}

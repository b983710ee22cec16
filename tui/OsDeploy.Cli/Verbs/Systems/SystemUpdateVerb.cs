using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Appliance;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Systems;

internal sealed class SystemUpdateVerb : ServerVerb
{
    private const string StandardInput = "-";
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly Argument<string?> _file = new("FILE") { Description = "The new osdeploy.iso; - for what comes in through a pipe.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _medium = VerbOptions.Flag("--medium", "Take it from a stick or a disc that is in the appliance.");
    private readonly Option<bool> _restart = VerbOptions.Flag("--restart", "Restart the appliance as soon as it is written; else it is started with the next restart.");

    public SystemUpdateVerb(Session session)
        : base(
            session,
            "update",
            "Write a newer osdeploy.iso beside the system that runs. The appliance tries it at its next start, and goes back by itself if it does not work. What the appliance keeps stays as it is.",
            "system update osdeploy.iso --restart",
            "system update --medium",
            "system update -")
    {
        Asks(_file, _medium, _restart);
        Validators.Add(result =>
        {
            if (result.GetResult(_file) is { Tokens.Count: > 0 } == result.GetResult(_medium) is { Implicit: false })
            {
                result.AddError("Name either a file or --medium.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var state = await server.CallAsync(SystemApi.Show, cancel);
        if (state.Place != SystemPlace.Disk)
        {
            throw SystemErrors.NotInstalled();
        }

        if (parsed.GetValue(_file) is { } file)
        {
            await SendAsync(server, file, cancel);
        }

        await server.CallAsync(SystemApi.Update, new SystemUpdateOrder(parsed.GetValue(_medium) ? SystemSource.Medium : SystemSource.Upload), cancel);
        state = await WatchAsync(server, cancel);
        if (parsed.GetValue(_restart))
        {
            await server.CallAsync(ApplianceApi.Power, new PowerOrder(PowerAction.Restart), cancel);
        }

        Print(parsed, state, CliJson.Default.SystemState, writer => writer.WriteLine(
            parsed.GetValue(_restart) ? "The new system is written; the appliance restarts with it." : "The new system is written. It is started with the next restart: `osdeploy appliance restart`."));
        return ExitCode.Done;
    }

    private async Task SendAsync(ServerConnection server, string file, CancellationToken cancel)
    {
        await Terminal.Talk.WriteLineAsync("Sending the new system.");
        var isOpened = false;
        await server.UploadAsync(SystemApi.Upload, Open, ApiJson.Default.SystemUpload, cancel);

        Stream Open()
        {
            if (file != StandardInput)
            {
                return InputFile.Open(file);
            }

            // What has come through a pipe once does not come again.
            return isOpened ? throw SystemErrors.PipeCut() : Take();
        }

        Stream Take()
        {
            isOpened = true;
            return Terminal.OpenInput();
        }
    }

    private async Task<SystemState> WatchAsync(ServerConnection server, CancellationToken cancel)
    {
        var said = "";
        while (true)
        {
            var state = await server.CallAsync(SystemApi.Show, cancel);
            if (state.Work is not { IsDone: false } work)
            {
                return state.Work is { Code: { } code } failed ? throw SystemErrors.OfAppliance(code, failed) : state;
            }

            if (work.Step.ToString() != said)
            {
                said = work.Step.ToString();
                await Terminal.Talk.WriteLineAsync(SystemText.Of(work));
            }

            await Task.Delay(s_pause, Session.Clock, cancel);
        }
    }
}

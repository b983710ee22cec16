using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs.Boot;

internal sealed class BootBuildListVerb : ServerVerb
{
    public BootBuildListVerb(Session session)
        : base(session, "list", "List the client builds.", "boot builds list") => Asks();

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var builds = await server.CallAsync(BootApi.ListBuilds, cancel);
        Print(parsed, builds, CliJson.Default.IReadOnlyListBootBuild, writer => BootText.WriteBuilds(writer, builds, Session.Clock));
        return ExitCode.Done;
    }
}

internal sealed class BootBuildAddVerb : ServerVerb
{
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder on the appliance, as `./build.sh client` leaves it." };
    private readonly Option<bool> _current = VerbOptions.Flag("--make-current", "Let computers start from it; else only if it is the first.");

    public BootBuildAddVerb(Session session)
        : base(session, "add", "Take in a client build that lies on the appliance.", "boot builds add artifacts/client/current --make-current") => Asks(_folder, _current);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var added = await server.CallAsync(BootApi.AddBuild, new NewBootBuild(Path.GetFullPath(parsed.GetRequiredValue(_folder))), cancel);
        if (parsed.GetValue(_current))
        {
            added = await server.CallAsync(BootApi.UseBuild, new BootBuildChoice(added.Id), cancel);
        }

        Print(parsed, added, CliJson.Default.BootBuild, writer => BootText.WriteBuilds(writer, [added], Session.Clock));
        return ExitCode.Done;
    }
}

internal sealed class BootBuildUseVerb : ServerVerb
{
    private readonly Argument<string> _build = new("ID") { Description = "Id of the build." };

    public BootBuildUseVerb(Session session)
        : base(session, "use", "Let computers start from this client build, new or old.", "boot builds use 0123456789abcdef") => Asks(_build);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var used = await server.CallAsync(BootApi.UseBuild, new BootBuildChoice(parsed.GetRequiredValue(_build)), cancel);
        return Say(parsed, "build-current", $"Computers start from {used.Id} now.", used.Id);
    }
}

internal sealed class BootBuildDeleteVerb : ServerVerb
{
    private readonly Argument<string> _build = new("ID") { Description = "Id of the build." };

    public BootBuildDeleteVerb(Session session)
        : base(session, "delete", "Delete a client build that nothing uses.", "boot builds delete 0123456789abcdef") => Asks(_build);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        var id = parsed.GetRequiredValue(_build);
        await server.CallAsync(BootApi.DeleteBuild, cancel, id);
        return Say(parsed, "build-deleted", $"The client build {OsDeploy.Text.Printable.Of(id)} is deleted.", id);
    }
}

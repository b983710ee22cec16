using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Cli.Output;

namespace OsDeploy.Cli.Verbs;

internal sealed class ImageCompareVerb : Verb
{
    private readonly Argument<string> _first = VerbOptions.Version("FIRST");
    private readonly Argument<string> _second = VerbOptions.Version("SECOND");
    private readonly Option<string?> _store = VerbOptions.StoreOrLogin();
    private readonly Option<bool> _manual = VerbOptions.Manual();
    private readonly Option<bool> _json = VerbOptions.Json();

    public ImageCompareVerb(Session session)
        : base(
            session,
            "compare",
            "Say how two versions in an appliance's store differ.",
            "image compare win11@3f2a9c win11",
            "image compare win11@3f2a9c win11 --store https://school-server --json") =>
        Takes(_first, _second, _store, _manual, _json);

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var (first, second) = (ImageReference.Parse(parsed.GetRequiredValue(_first)), ImageReference.Parse(parsed.GetRequiredValue(_second)));
        var address = Session.StoreOf(parsed.GetValue(_store));
        await using var store = await Session.OpenStoreAsync(address, create: false, cancel);
        if (store is not HttpImageStore)
        {
            throw ServerErrors.CompareNeedsServer(address);
        }

        var versions = await store.ListAsync(cancel);
        var (one, other) = (first.FindIn(versions, parsed.GetKind(_manual)).Version, second.FindIn(versions, parsed.GetKind(_manual)).Version);
        using var server = Session.Connect(address);
        var comparison = await server.CallAsync(ApplianceApi.Compare, cancel, one.ToString(), other.ToString());
        if (parsed.GetValue(_json))
        {
            CliJson.Write(Terminal.Output, comparison, CliJson.Default.VersionComparison);
        }
        else
        {
            ImageText.WriteComparison(Terminal.Output, $"{first.Name}@{one.Short}", $"{second.Name}@{other.Short}", comparison);
        }

        return ExitCode.Done;
    }
}

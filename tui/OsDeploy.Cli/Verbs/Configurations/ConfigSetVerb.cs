using System.CommandLine;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Output;
using OsDeploy.Cli.Verbs.Boot;

namespace OsDeploy.Cli.Verbs.Configurations;

internal sealed class ConfigSetVerb : ServerVerb
{
    private readonly Argument<string> _configuration = new("NAME") { Description = "Name of the configuration." };
    private readonly Option<string?> _name = VerbOptions.Text("--name", "New name; its image keeps the old one.", "NAME");
    private readonly Option<bool> _noStore = VerbOptions.Flag("--no-store", "Keep its images on this appliance again.");
    private readonly ConfigOptions _options = new();
    private readonly BootOptionSet _boot = new();

    public ConfigSetVerb(Session session)
        : base(
            session,
            "set",
            "Change a configuration. Partitions that are not named stay as they are.",
            "config set win11 --partition 3:join=Workgroup,product-id=",
            "config set win11 --name win11-lab --keep 3",
            "config set library --open-restore yes",
            "config set win11 --domain school.local --ou OU=rooms,DC=school,DC=local",
            "config set branch --no-store",
            "config set win11 --menu always --boot-language de")
    {
        Asks([_configuration, _name, .. _options.All, _noStore, .. _boot.All]);
        Validators.Add(_options.Check);
        Validators.Add(result =>
        {
            if (result.GetValue(_noStore) && _options.NamesStore(result))
            {
                result.AddError("--store and --no-store exclude each other.");
            }
        });
    }

    protected override async Task<ExitCode> RunAsync(ParseResult parsed, ServerConnection server, CancellationToken cancel)
    {
        if (ChangeOf(parsed, [], null) == new ConfigurationChange())
        {
            throw ServerErrors.UsageNothingToChange();
        }

        var before = await server.CallAsync(ConfigurationApi.Show, cancel, parsed.GetRequiredValue(_configuration));
        var change = ChangeOf(parsed, before.Configuration.Partitions, before.Configuration.Boot) with { Rev = before.Rev };
        var after = await server.CallAsync(ConfigurationApi.Change, change, cancel, before.Configuration.Id);
        Print(parsed, after, CliJson.Default.ConfigurationView, writer => ConfigurationText.Write(writer, after, Session.Clock));
        return ExitCode.Done;
    }

    private ConfigurationChange ChangeOf(ParseResult parsed, IReadOnlyList<PartitionPlan> before, BootOptions? boot) => new(
        parsed.GetValue(_name),
        parsed.GetValue(_options.Description),
        parsed.GetValue(_options.Type),
        PartitionSettings.Plans(parsed.GetValue(_options.Partition), before),
        _options.StoreOf(parsed),
        parsed.GetValue(_noStore),
        parsed.GetValue(_options.Keep),
        parsed.GetYesNo(_options.OpenRestore),
        IsStrict: parsed.GetYesNo(_options.Strict),
        Boot: _boot.Of(parsed, boot),
        Join: _options.Join.Of(parsed));
}

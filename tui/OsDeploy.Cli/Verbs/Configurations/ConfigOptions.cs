using System.CommandLine;
using OsDeploy.Api.Configurations;
using OsDeploy.Cli.Login;

namespace OsDeploy.Cli.Verbs.Configurations;

/// <summary>What <c>config add</c> and <c>config set</c> both take.</summary>
internal sealed class ConfigOptions
{
    private const int MostKept = 10_000;

    private readonly Option<string?> _storePin = VerbOptions.Text("--store-pin", "Fingerprint of that appliance's key.", "FINGERPRINT");
    private readonly Option<string?> _storeToken = VerbOptions.Text("--store-token-file", "File whose first line is a token of an account there.", "FILE");
    private readonly Option<string?> _store = VerbOptions.Text("--store", "Keep its images on another appliance.", "URL");

    public Option<string?> Description { get; } = VerbOptions.Text("--description", "What it is for.", "TEXT");

    public Option<DeviceType?> Type { get; } = VerbOptions.Choice<DeviceType>("--type", "Kind of its computers", "TYPE");

    public Option<string[]> Partition { get; } = VerbOptions.Texts(
        "--partition",
        "What a partition holds and what becomes of it: description=, os=, join=, product-id=, use=, format=, grow; reset takes it off the list.",
        PartitionSetting.Syntax);

    public Option<int?> Keep { get; } = VerbOptions.Number("--keep", "Versions kept after a capture; 0 keeps all.", 0, MostKept);

    public Option<string?> OpenRestore { get; } = VerbOptions.YesNo("--open-restore", "Whoever sits at a host may restore it, without an account. Any computer that passes for a host then gets the image.");

    public Option<string?> Strict { get; } = VerbOptions.YesNo("--strict", "Each start of a host gets work only after an operator has compared four words with those on its screen: `osdeploy job pair`.");

    public JoinOptionSet Join { get; } = new();

    public IEnumerable<Symbol> All => [Description, Type, Partition, .. Join.All, Keep, OpenRestore, Strict, _store, _storePin, _storeToken];

    public bool NamesStore(System.CommandLine.Parsing.CommandResult result) => result.GetResult(_store) is not null;

    /// <summary>The three belong together.</summary>
    public void Check(System.CommandLine.Parsing.CommandResult result)
    {
        var named = new[] { _store, _storePin, _storeToken }.Count(option => result.GetResult(option) is not null);
        if (named is not (0 or 3))
        {
            result.AddError("--store, --store-pin and --store-token-file go together.");
        }
    }

    /// <exception cref="UserErrorException"><c>usage-server</c>, <c>usage-pin</c>, <c>secret-file</c></exception>
    public RemoteStore? StoreOf(ParseResult parsed)
    {
        if (parsed.GetValue(_store) is not { } url)
        {
            return null;
        }

        var pin = parsed.GetRequiredValue(_storePin)!;
        return ServerAddress.Parse(url).Tls is null ? throw ServerErrors.UsageServer(url)
            : !Api.ServerKey.TryParse(pin, out var key) ? throw ServerErrors.UsagePin(pin)
            : new RemoteStore(ServerAddress.Parse(url).ToString(), key.ToString(), SecretFile.ReadLine(parsed.GetRequiredValue(_storeToken)!));
    }
}

using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>Makes a computer configuration, or changes what one is called and where its images are kept.</summary>
internal sealed class ConfigurationForm
{
    private const int PinDigits = 64;

    private readonly ConsoleContext _context;
    private readonly TextEntry _name;
    private readonly TextEntry _description;
    private readonly ChoiceEntry _type;
    private readonly NumberEntry _keep;
    private readonly CheckEntry _isOpen;
    private readonly CheckEntry _isStrict;
    private readonly CheckEntry _isRemote;
    private readonly TextEntry _url;
    private readonly TextEntry _pin;
    private readonly SecretEntry _token;
    private ConfigurationView? _before;

    /// <param name="view">Null: a new one.</param>
    public ConfigurationForm(ConsoleContext context, ConfigurationView? view = null)
    {
        (_context, _before) = (context, view);
        var old = view?.Configuration;
        _name = new TextEntry("name", Words.Configurations.Name, old?.Name ?? "") { IsRequired = true, MaxLength = 32, Help = Words.Configurations.NameHelp };
        _description = new TextEntry("description", Words.Configurations.Description, old?.Description ?? "") { MaxLength = 64 };
        _type = new ChoiceEntry("type", Words.Configurations.DeviceType, [.. Enum.GetValues<DeviceType>().Select(type => new Choice(type.ToString(), TypeOf(type)))], (old?.DeviceType ?? DeviceType.FatClient).ToString());
        _keep = new NumberEntry("keep", Words.Configurations.Keep, old?.KeepVersions ?? 0, 0, 1000) { Help = Words.Configurations.KeepHelp };
        _isOpen = new CheckEntry("open-restore", Words.Configurations.OpenRestore, old?.OpenRestore == true) { Help = Words.Configurations.OpenRestoreHelp };
        _isStrict = new CheckEntry("strict", Words.Configurations.Strict, old?.IsStrict == true) { Help = Words.Configurations.StrictHelp };
        _isRemote = new CheckEntry("remote", Words.Configurations.Remote, old?.Store is not null) { Help = Words.Configurations.RemoteHelp };
        _url = new TextEntry("url", Words.Configurations.RemoteUrl, old?.Store?.Url ?? "https://") { IsRequired = true, Applies = () => _isRemote.Value, Rule = UrlRule };
        _pin = new TextEntry("pin", Words.Configurations.RemotePin, old?.Store?.Pin ?? "") { IsRequired = true, Applies = () => _isRemote.Value, Rule = PinRule, Help = Words.Configurations.RemotePinHelp };
        _token = new SecretEntry("token", Words.Configurations.RemoteToken) { IsRequired = true, IsSet = old?.Store is not null, Applies = () => _isRemote.Value, Help = Words.Configurations.RemoteTokenHelp };
        Model = new FormModel(
            old is null ? Words.Configurations.AddTitle : Language.Fill(Words.Configurations.EditTitle, old.Name),
            [_name, _description, _type, _keep, _isOpen, _isStrict, _isRemote, _url, _pin, _token],
            new FormAction("save", Words.Common.Save, SaveAsync))
        {
            Help = Words.Configurations.Help,
            Rule = () => _isOpen.Value && _isStrict.Value ? Words.Configurations.OpenAndStrict : null,
            Equivalent = () => [Command()],
        };
    }

    public FormModel Model { get; }

    public ConfigurationChange Change => new(
        _name.IsChanged ? _name.Value : null,
        _description.IsChanged ? _description.Value : null,
        _type.IsChanged ? Type : null,
        Store: _isRemote.Value && (_isRemote.IsChanged || _url.IsChanged || _pin.IsChanged || _token.IsChanged) ? Remote : null,
        NoStore: !_isRemote.Value && _isRemote.IsChanged,
        KeepVersions: _keep.IsChanged ? _keep.Value : null,
        OpenRestore: _isOpen.IsChanged ? _isOpen.Value : null,
        IsStrict: _isStrict.IsChanged ? _isStrict.Value : null);

    private DeviceType Type => Enum.Parse<DeviceType>(_type.Value!);

    private RemoteStore Remote => new(_url.Value, _pin.Value.Replace(":", "", StringComparison.Ordinal), _token.Value.Length > 0 ? _token.Value : Secret.Mask);

    public static string TypeOf(DeviceType type) => type switch
    {
        DeviceType.FatClient => Words.Configurations.TypeFatClient,
        DeviceType.ThinClient => Words.Configurations.TypeThinClient,
        DeviceType.Byod => Words.Configurations.TypeByod,
        DeviceType.Printer => Words.Configurations.TypePrinter,
        DeviceType.Server => Words.Configurations.TypeServer,
        DeviceType.Switch => Words.Configurations.TypeSwitch,
        _ => "cloneProxy",
    };

    private async Task SaveAsync(CancellationToken cancel)
    {
        if (_before is not { } before)
        {
            await _context.Session.CallAsync(
                ConfigurationApi.Add, new NewConfiguration(_name.Value, _description.Value, Type, Store: _isRemote.Value ? Remote : null, KeepVersions: _keep.Value, OpenRestore: _isOpen.Value, IsStrict: _isStrict.Value), cancel);
            return;
        }

        if (Change == new ConfigurationChange())
        {
            throw ConsoleErrors.NothingToChange();
        }

        try
        {
            await _context.Session.CallAsync(ConfigurationApi.Change, Change with { Rev = before.Rev }, cancel, before.Configuration.Id);
        }
        catch (UserErrorException e) when (e.Code == "changed-meanwhile")
        {
            _before = await _context.Session.CallAsync(ConfigurationApi.Show, cancel, before.Configuration.Id);
            throw ConsoleErrors.ChangedMeanwhile(e, []);
        }
    }

    private static string? UrlRule(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == "https" && url.Host.Length > 0 && url.PathAndQuery == "/" ? null : Words.Configurations.UrlRule;

    private static string? PinRule(string text) => Api.ServerKey.TryParse(text, out _) ? null : Language.Fill(Words.Configurations.PinRule, PinDigits);

    private static string? WordOf(bool? isSo) => isSo switch { true => "yes", false => "no", _ => null };

    private CommandLine Command()
    {
        var change = Change;
        var line = _before is null ? new CommandLine("config", "add", _name.Value) : new CommandLine("config", "set", _before.Configuration.Name).Option("--name", change.Name);
        var store = _before is null && _isRemote.Value ? Remote : change.Store;
        return line.Option("--description", change.Description)
            .Option("--type", change.DeviceType is { } type ? type.ToString() : null)
            .Option("--keep", change.KeepVersions?.ToString(CultureInfo.InvariantCulture))
            .Option("--open-restore", WordOf(change.OpenRestore)).Option("--strict", WordOf(change.IsStrict))
            .Option("--store", store?.Url).Option("--store-pin", store?.Pin).Option("--store-token-file", store is null ? null : "token.txt")
            .Flag("--no-store", change.NoStore);
    }
}

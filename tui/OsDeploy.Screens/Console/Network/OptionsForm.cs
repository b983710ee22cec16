using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;

namespace OsDeploy.Screens.Console.Network;

/// <summary>What holds for all starts where neither configuration nor host says anything else.</summary>
internal sealed class OptionsForm
{
    private const int MostSeconds = 300;
    private const int MostBuilds = 50;
    private const int LeastPassword = 8;
    private const int MostPassword = 32;

    private readonly BootOptionFields _options;
    private readonly ChoiceEntry _unknown;
    private readonly NumberEntry _seconds;
    private readonly SecretEntry _password;
    private readonly CheckEntry _noPassword;
    private readonly NumberEntry _keep;

    public OptionsForm(ConsoleContext context, BootSettingsView view, IReadOnlyList<BootBuild> builds)
    {
        var before = view.Settings;
        _options = new BootOptionFields(before.Options, builds, Words.Starting.AsUsual);
        _unknown = new ChoiceEntry("unknown", Words.Starting.Unknown, BootChoices.Unknowns, before.Unknown.ToString()) { Help = Words.Starting.UnknownHelp };
        _seconds = new NumberEntry("seconds", Words.Starting.MenuSeconds, before.MenuSeconds, 1, MostSeconds);
        _noPassword = new CheckEntry("no-password", Words.Starting.NoPassword) { Applies = () => before.MenuPassword is not null };
        _password = new SecretEntry("password", Words.Starting.Password)
        {
            IsSet = before.MenuPassword is not null,
            Applies = () => !_noPassword.Value,
            Rule = PasswordRule,
            Help = Words.Starting.PasswordHelp,
        };
        _keep = new NumberEntry("keep", Words.Starting.KeepBuilds, before.KeepBuilds, 1, MostBuilds);
        Draft = new BootDraft(context, view, Words.Starting.OptionsTitle, Words.Starting.OptionsHelp, [_unknown, _seconds, _password, _noPassword, .. _options.All, _keep], Apply, Command);
    }

    public BootDraft Draft { get; }

    private static string? PasswordRule(string text) => text.Length is >= LeastPassword and <= MostPassword && text.All(char.IsAsciiLetterOrDigit) ? null : Words.Starting.PasswordRule;

    private BootSettings Apply(BootSettings now) => now with
    {
        Unknown = _unknown.IsChanged ? Enum.Parse<UnknownHosts>(_unknown.Value!) : now.Unknown,
        MenuSeconds = _seconds.IsChanged ? _seconds.Value : now.MenuSeconds,
        MenuPassword = _noPassword.Value ? null : _password.IsChanged ? _password.Value : now.MenuPassword,
        KeepBuilds = _keep.IsChanged ? _keep.Value : now.KeepBuilds,
        Options = _options.Over(now.Options),
    };

    private CommandLine Command() => _options.On(new CommandLine("boot", "set"))
        .Option("--unknown", _unknown.IsChanged ? ApiWord.Of(Enum.Parse<UnknownHosts>(_unknown.Value!)) : null)
        .Option("--menu-seconds", _seconds.IsChanged ? _seconds.Value.ToString(CultureInfo.InvariantCulture) : null)
        .Option("--menu-password-file", _noPassword.Value ? "" : _password.IsChanged ? "password.txt" : null)
        .Option("--keep-builds", _keep.IsChanged ? _keep.Value.ToString(CultureInfo.InvariantCulture) : null);
}

using System.Globalization;
using OsDeploy.Api;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;

namespace OsDeploy.Screens.Console.Network;

/// <summary>
/// How computers start: the same questions for the appliance, a configuration, a host or several hosts. What is not answered is as the one
/// above says; what is not the same on all is left alone unless it is answered anew.
/// </summary>
internal sealed class BootOptionFields
{
    private const int MostSeconds = 600;
    private const int MostVlan = 4094;
    private const int MostKernel = 512;
    private const string Differ = "differ";

    private readonly string _asAbove;
    private readonly IReadOnlyList<BootOptions> _before;
    private readonly ChoiceEntry _menu;
    private readonly ChoiceEntry _loader;
    private readonly ChoiceEntry _bios;
    private readonly ChoiceEntry _uefi;
    private readonly ChoiceEntry _build;
    private readonly ChoiceEntry _language;
    private readonly ChoiceEntry _keyboard;
    private readonly ChoiceEntry _contrast;
    private readonly ChoiceEntry _noShell;
    private readonly ChoiceEntry _debug;
    private readonly TextEntry _sleep;
    private readonly TextEntry _vlan;
    private readonly TextEntry _kernel;

    /// <param name="asAbove">What it is where nothing is said here.</param>
    public BootOptionFields(BootOptions before, IReadOnlyList<BootBuild> builds, string asAbove)
        : this([before], builds, asAbove)
    {
    }

    /// <param name="before">Of each; one at least.</param>
    /// <inheritdoc cref="BootOptionFields(BootOptions, IReadOnlyList{BootBuild}, string)"/>
    public BootOptionFields(IReadOnlyList<BootOptions> before, IReadOnlyList<BootBuild> builds, string asAbove)
    {
        (_before, _asAbove) = (before, asAbove);
        _menu = Choice("menu", Words.Starting.Menu, BootChoices.All<BootMenu>(BootChoices.Of), one => one.Menu?.ToString(), Words.Starting.MenuHelp);
        _loader = Choice("loader", Words.Starting.Loader, BootChoices.All<UefiLoader>(BootChoices.Of), one => one.Loader?.ToString(), Words.Starting.LoaderHelp);
        _bios = Choice("bios", Words.Starting.BiosExit, BootChoices.All<BiosExit>(BootChoices.Of), one => one.BiosExit?.ToString(), Words.Starting.ExitHelp);
        _uefi = Choice("uefi", Words.Starting.UefiExitField, BootChoices.All<UefiExit>(BootChoices.Of), one => one.UefiExit?.ToString(), Words.Starting.ExitHelp);
        _build = Choice("build", Words.Starting.Build, BootChoices.Builds(builds, before[0].Build), one => one.Build, Words.Starting.BuildHelp);
        _language = Choice("language", Words.Starting.Language, BootChoices.Languages, one => one.Language);
        _keyboard = Choice("keyboard", Words.Starting.Keyboard, BootChoices.Keyboards, one => one.Keyboard);
        _contrast = YesNo("contrast", Words.Starting.Contrast, one => one.HighContrast);
        _noShell = YesNo("no-shell", Words.Starting.NoShell, one => one.NoShell, Words.Starting.NoShellHelp);
        _debug = YesNo("debug", Words.Starting.Debug, one => one.Debug);
        _sleep = Number("sleep", Words.Starting.Sleep, one => one.Sleep, MostSeconds, Words.Starting.SleepHelp);
        _vlan = Number("vlan", Words.Starting.Vlan, one => one.Vlan, MostVlan, Words.Starting.VlanHelp);
        _kernel = new TextEntry("kernel", Words.Starting.Kernel, TextOf(one => one.Kernel)) { MaxLength = MostKernel, Help = Words.Starting.KernelHelp };
    }

    public IReadOnlyList<FormField> All => [_menu, _loader, _bios, _uefi, _build, _language, _keyboard, _contrast, _noShell, _sleep, _debug, _vlan, _kernel];

    /// <summary>What was answered anew over what there is.</summary>
    public BootOptions Over(BootOptions now) => now with
    {
        Menu = _menu.IsChanged ? ValueOf<BootMenu>(_menu) : now.Menu,
        Loader = _loader.IsChanged ? ValueOf<UefiLoader>(_loader) : now.Loader,
        BiosExit = _bios.IsChanged ? ValueOf<BiosExit>(_bios) : now.BiosExit,
        UefiExit = _uefi.IsChanged ? ValueOf<UefiExit>(_uefi) : now.UefiExit,
        Build = _build.IsChanged ? ValueOf(_build) : now.Build,
        Language = _language.IsChanged ? ValueOf(_language) : now.Language,
        Keyboard = _keyboard.IsChanged ? ValueOf(_keyboard) : now.Keyboard,
        HighContrast = _contrast.IsChanged ? IsYes(_contrast) : now.HighContrast,
        NoShell = _noShell.IsChanged ? IsYes(_noShell) : now.NoShell,
        Debug = _debug.IsChanged ? IsYes(_debug) : now.Debug,
        Sleep = _sleep.IsChanged ? NumberOf(_sleep) : now.Sleep,
        Vlan = _vlan.IsChanged ? NumberOf(_vlan) : now.Vlan,
        Kernel = _kernel.IsChanged ? _kernel.Value.Trim() is { Length: > 0 } words ? words : null : now.Kernel,
    };

    /// <summary>Adds the options that make the same of the command line.</summary>
    public CommandLine On(CommandLine line) => On(line, _before[0]);

    /// <param name="before">What the one has that the line is about.</param>
    /// <inheritdoc cref="On(CommandLine)"/>
    public CommandLine On(CommandLine line, BootOptions before)
    {
        var after = Over(before);

        // The command line can only take all of them back, and say the others anew.
        var isTaken = (before with { Build = null, Kernel = null }).Over(after with { Build = null, Kernel = null }) != after with { Build = null, Kernel = null };
        var said = isTaken ? BootOptions.None : before;
        return Say(isTaken ? line.With("--boot-reset") : line, said, after);
    }

    private static CommandLine Say(CommandLine line, BootOptions said, BootOptions after) => line
        .Option("--menu", Word(said.Menu, after.Menu))
        .Option("--loader", Word(said.Loader, after.Loader))
        .Option("--bios-exit", Word(said.BiosExit, after.BiosExit))
        .Option("--uefi-exit", Word(said.UefiExit, after.UefiExit))
        .Option("--build", said.Build == after.Build ? null : after.Build ?? "")
        .Option("--boot-language", said.Language == after.Language ? null : after.Language)
        .Option("--keyboard", said.Keyboard == after.Keyboard ? null : after.Keyboard)
        .Option("--high-contrast", Word(said.HighContrast, after.HighContrast))
        .Option("--no-shell", Word(said.NoShell, after.NoShell))
        .Option("--sleep", Word(said.Sleep, after.Sleep))
        .Option("--debug", Word(said.Debug, after.Debug))
        .Option("--vlan", Word(said.Vlan, after.Vlan))
        .Option("--kernel-parameters", said.Kernel == after.Kernel ? null : after.Kernel ?? "");

    private static string? Word<T>(T? said, T? after)
        where T : struct, Enum => after is { } value && !Equals(said, after) ? ApiWord.Of(value) : null;

    private static string? Word(bool? said, bool? after) => after is { } value && said != after ? value ? BootChoices.Yes : BootChoices.No : null;

    private static string? Word(int? said, int? after) => said == after ? null : after?.ToString(CultureInfo.InvariantCulture);

    private ChoiceEntry Choice(string id, string label, IReadOnlyList<Choice> values, Func<BootOptions, string?> valueOf, string help = "")
    {
        IEnumerable<Choice> all = [new Choice(Choices.None, _asAbove), .. values];
        return AreAlike(valueOf)
            ? new(id, label, [.. all], valueOf(_before[0]) ?? Choices.None) { Help = help }
            : new(id, label, [new Choice(Differ, Words.Starting.Different), .. all], Differ) { Help = help };
    }

    private ChoiceEntry YesNo(string id, string label, Func<BootOptions, bool?> valueOf, string help = "") =>
        Choice(id, label, BootChoices.YesNo, one => valueOf(one) switch { null => null, true => BootChoices.Yes, false => BootChoices.No }, help);

    private TextEntry Number(string id, string label, Func<BootOptions, int?> valueOf, int most, string help)
    {
        var before = TextOf(one => valueOf(one)?.ToString(CultureInfo.InvariantCulture));
        return new(id, label, before)
        {
            Rule = text => text == before || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most) ? null : Language.Fill(Words.Starting.NumberRule, most),
            Help = help,
        };
    }

    private string TextOf(Func<BootOptions, string?> valueOf) => AreAlike(valueOf) ? valueOf(_before[0]) ?? "" : Words.Starting.Different;

    private bool AreAlike(Func<BootOptions, string?> valueOf) => _before.Select(valueOf).Distinct().Take(2).Count() == 1;

    private static string? ValueOf(ChoiceEntry field) => string.IsNullOrEmpty(field.Value) ? null : field.Value;

    private static T? ValueOf<T>(ChoiceEntry field)
        where T : struct, Enum => ValueOf(field) is { } value ? Enum.Parse<T>(value) : null;

    private static bool? IsYes(ChoiceEntry field) => ValueOf(field) is { } value ? value == BootChoices.Yes : null;

    private static int? NumberOf(TextEntry field) => int.TryParse(field.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

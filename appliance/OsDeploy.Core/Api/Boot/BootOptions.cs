namespace OsDeploy.Api.Boot;

/// <summary>How PCs start, said by the appliance, a configuration or a host. Null: as the one above says.</summary>
/// <param name="Build">Id of a client build.</param>
/// <param name="Language"><c>de</c>, <c>en</c> or <c>fr</c>.</param>
/// <param name="Keyboard"><c>de</c>, <c>us</c>, <c>fr</c> or <c>uk</c>.</param>
/// <param name="Sleep">Seconds after each step, so that an error can be photographed.</param>
/// <param name="NoShell">No root shell at the PC.</param>
/// <param name="Debug">Stop at milestones.</param>
/// <param name="Vlan">Number of a VLAN; 0: none.</param>
/// <param name="Kernel">More words for the kernel; those of all three are passed.</param>
public sealed record BootOptions(
    BiosExit? BiosExit = null,
    UefiExit? UefiExit = null,
    UefiLoader? Loader = null,
    BootMenu? Menu = null,
    string? Build = null,
    string? Language = null,
    string? Keyboard = null,
    int? Sleep = null,
    bool? NoShell = null,
    bool? Debug = null,
    int? Vlan = null,
    bool? HighContrast = null,
    string? Kernel = null)
{
    public static BootOptions None { get; } = new();

    /// <summary>These where they say something, else <paramref name="lower"/>.</summary>
    public BootOptions Over(BootOptions lower) => new(
        BiosExit ?? lower.BiosExit,
        UefiExit ?? lower.UefiExit,
        Loader ?? lower.Loader,
        Menu ?? lower.Menu,
        Build ?? lower.Build,
        Language ?? lower.Language,
        Keyboard ?? lower.Keyboard,
        Sleep ?? lower.Sleep,
        NoShell ?? lower.NoShell,
        Debug ?? lower.Debug,
        Vlan ?? lower.Vlan,
        HighContrast ?? lower.HighContrast,
        string.Join(' ', new[] { lower.Kernel, Kernel }.Where(words => !string.IsNullOrEmpty(words))) is { Length: > 0 } all ? all : null);
}

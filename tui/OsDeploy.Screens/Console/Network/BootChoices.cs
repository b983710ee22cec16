using System.Net;
using System.Net.Sockets;
using OsDeploy.Api.Boot;
using OsDeploy.Screens.Forms;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Answers that forms about starting offer.</summary>
internal static class BootChoices
{
    public const string Yes = "yes";
    public const string No = "no";

    public static IReadOnlyList<Choice> Modes => All<BootMode>(Of);

    public static IReadOnlyList<Choice> Unknowns => All<UnknownHosts>(Of);

    public static IReadOnlyList<Choice> Keyboards { get; } = [new("de", "de"), new("us", "us"), new("fr", "fr"), new("uk", "uk")];

    public static IReadOnlyList<Choice> Languages => [.. Language.All.Select(language => new Choice(language.Code, language.Name))];

    public static IReadOnlyList<Choice> YesNo => [new(Yes, Words.Common.Yes), new(No, Words.Common.No)];

    public static string Of(BootMode mode) => mode switch
    {
        BootMode.Proxy => Words.Starting.ModeProxy,
        BootMode.Dhcp => Words.Starting.ModeDhcp,
        _ => Words.Starting.ModeOff,
    };

    public static string Of(UnknownHosts unknown) => unknown switch
    {
        UnknownHosts.Menu => Words.Starting.UnknownMenu,
        UnknownHosts.Disk => Words.Starting.UnknownDisk,
        _ => Words.Starting.UnknownTool,
    };

    public static string Of(BiosExit exit) => exit switch
    {
        BiosExit.SecondDisk => Words.Starting.BiosSecondDisk,
        BiosExit.Exit => Words.Starting.BiosBack,
        _ => Words.Starting.BiosDisk,
    };

    public static string Of(UefiExit exit) => exit switch
    {
        UefiExit.Windows => Words.Starting.UefiWindows,
        UefiExit.Distribution => Words.Starting.UefiDistribution,
        UefiExit.Fallback => Words.Starting.UefiFallback,
        UefiExit.Exit => Words.Starting.UefiExit,
        UefiExit.Next => Words.Starting.UefiNext,
        _ => Words.Starting.UefiSearch,
    };

    public static string Of(UefiLoader loader) => loader == UefiLoader.Ipxe ? Words.Starting.LoaderIpxe : Words.Starting.LoaderShim;

    public static string Of(BootMenu menu) => menu switch
    {
        BootMenu.Always => Words.Starting.MenuAlways,
        BootMenu.Never => Words.Starting.MenuNever,
        _ => Words.Starting.MenuOnKey,
    };

    public static string Of(BootTarget target) => target switch
    {
        BootTarget.Disk => Words.Starting.NextDisk,
        BootTarget.Client => Words.Starting.NextClient,
        _ => Words.Starting.NextMenu,
    };

    /// <param name="named">Offered although it may be gone.</param>
    public static IReadOnlyList<Choice> Builds(IReadOnlyList<BootBuild> builds, string? named) =>
    [
        .. builds.Select(build => new Choice(build.Id, build.Id, Printable.Of(build.KernelVersion) + (build.IsCurrent ? ", " + Words.Starting.IsCurrent : ""))),
        .. named is not null && builds.All(build => build.Id != named) ? [new Choice(named, named)] : Array.Empty<Choice>(),
    ];

    /// <param name="named">Offered although it may be gone.</param>
    public static IReadOnlyList<Choice> Cards(IReadOnlyList<BootCard> cards, string named) =>
    [
        .. cards.Select(card => new Choice(card.Name, Printable.Of($"{card.Name}  {card.Address}"))),
        .. named.Length > 0 && cards.All(card => card.Name != named) ? [new Choice(named, Printable.Of(named))] : Array.Empty<Choice>(),
    ];

    public static IReadOnlyList<Choice> All<T>(Func<T, string> textOf)
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(value => new Choice(value.ToString(), textOf(value)))];

    /// <summary>Null: it is one.</summary>
    public static string? AddressRule(string text) => IsAddress(text) ? null : Words.Starting.AddressRule;

    /// <summary>Only the one way to write it: others read 010 as 8.</summary>
    public static bool IsAddress(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == text;
}

using OsDeploy.Api.Boot;
using OsDeploy.Screens.Words;
using OsDeploy.Text;

namespace OsDeploy.Screens.Console.Network;

/// <summary>Starts over the network in words.</summary>
internal static class BootText
{
    public static BootStage StageOf(BootRecord record) => record.Steps.Select(step => StageOf(step.What)).DefaultIfEmpty().Max();

    public static BootStage StageOf(string what) => what switch
    {
        "dhcp" => BootStage.Packet,
        "loader" => BootStage.Loader,
        "script" => BootStage.Script,
        "kernel" or "initrd" => BootStage.Kernel,
        "hello" => BootStage.Agent,
        "job" => BootStage.Job,
        _ => BootStage.None,
    };

    public static string WordOf(BootStage stage) => stage switch
    {
        BootStage.Packet => Words.Network.StagePacket,
        BootStage.Loader => Words.Network.StageLoader,
        BootStage.Script => Words.Network.StageScript,
        BootStage.Kernel => Words.Network.StageKernel,
        BootStage.Agent => Words.Network.StageAgent,
        BootStage.Job => Words.Network.StageJob,
        _ => "",
    };

    /// <summary><c>###... script</c></summary>
    public static string BarOf(BootStage stage) => $"{new string('#', (int)stage).PadRight((int)BootStage.Job, '.')} {WordOf(stage)}";

    public static string NameOf(BootRecord record) => Printable.Of(record.Name ?? record.Mac);

    public static string ActionOf(string? action) => action switch
    {
        null => "",
        "local-disk" => Words.Network.ActionDisk,
        "agent" => Words.Network.ActionAgent,
        "agent-menu" => Words.Network.ActionTool,
        "menu" => Words.Network.ActionMenu,
        "refuse" => Words.Network.ActionRefuse,
        _ => Printable.Of(action),
    };

    /// <param name="words">The appliance's own, for reasons of another version.</param>
    /// <param name="once">What an operator said for the start; null: nothing.</param>
    public static string ReasonOf(BootReason? because, string? words, BootOnce? once, TimeZoneInfo zone) =>
        once is null ? ReasonOf(because, words)
        : because == BootReason.SaidOnce ? Language.Fill(Words.Network.BecauseOnce, Printable.Of(once.By), Times.Clock(once.At, zone))
        : Language.Fill(Words.Network.BecauseFirst, ReasonOf(because, words), BootChoices.Of(once.To), Printable.Of(once.By));

    /// <summary>Hosts that start something else once.</summary>
    public static string NextOf(IReadOnlyList<BootNext> all) =>
        string.Join(", ", all.Select(next => Language.Fill(Words.Network.NextOf, Printable.Of(next.Name), BootChoices.Of(next.Once.To), Printable.Of(next.Once.By))));

    private static string ReasonOf(BootReason? because, string? words) => because switch
    {
        BootReason.NothingToDo => Words.Network.BecauseNothing,
        BootReason.JobApproved => Words.Network.BecauseJob,
        BootReason.JobKeepsFailing => Words.Network.BecauseLoop,
        BootReason.JobFrozen => Words.Network.BecauseFrozen,
        BootReason.UnknownHost => Words.Network.BecauseUnknown,
        BootReason.ChosenDisk => Words.Network.BecauseDisk,
        BootReason.ChosenTool => Words.Network.BecauseTool,
        BootReason.PasswordWrong => Words.Network.BecausePassword,
        BootReason.HostBlocked => Words.Network.BecauseBlocked,
        BootReason.NotSupported => Words.Network.BecauseNoCpu,
        BootReason.NoBuild => Words.Network.BecauseNoBuild,
        _ => Printable.Of(words ?? ""),
    };

    /// <summary><c>UEFI, GRUB</c>; empty: not known yet.</summary>
    public static string FirmwareOf(BootFirmware? firmware, BootLoader? loader) => string.Join(", ", new[]
    {
        firmware switch { BootFirmware.Bios => "BIOS", BootFirmware.Uefi => "UEFI", _ => null },
        loader switch { BootLoader.Ipxe => "iPXE", BootLoader.Grub => "GRUB", _ => null },
    }.OfType<string>());

    /// <summary>What the appliance does about DHCP, on which card, and whether it works.</summary>
    public static string ServiceOf(BootState state, BootSettings settings)
    {
        if (state.Mode == BootMode.Off)
        {
            return "- " + Words.Starting.ModeOff;
        }

        if (state.Service == "down")
        {
            return "! " + Language.Fill(Words.Network.BootDown, Printable.Of(state.Fault, 300));
        }

        var card = state.Cards.FirstOrDefault(card => card.Name == settings.Interface);
        var parts = new[]
        {
            BootChoices.Of(state.Mode),
            Printable.Of($"{settings.Interface} {card?.Address}".Trim()),
            state.Mode == BootMode.Dhcp ? Language.Fill(Words.Network.Range, Printable.Of(settings.RangeFirst), Printable.Of(settings.RangeLast)) : "",
        };
        return "+ " + string.Join(", ", parts.Where(part => part.Length > 0));
    }

    /// <summary>Who else answers PCs.</summary>
    public static string OthersOf(BootState state, TimeZoneInfo zone) => state.Mode == BootMode.Off ? Words.Network.NotAsked
        : state.Neighbours.Count == 0 ? Words.Network.Nobody
        : SignOf(state) + string.Join(", ", state.Neighbours.Select(one => Language.Fill(Words.Network.Heard, Printable.Of(one.Address), one.What == "pxe" ? "PXE" : "DHCP", Times.Clock(one.At, zone))));

    // The school's own DHCP server beside a proxy is as it should be.
    private static string SignOf(BootState state) => state.Mode == BootMode.Dhcp || state.Neighbours.Any(one => one.What == "pxe") ? "! " : "";
}

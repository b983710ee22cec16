namespace OsDeploy.Api.Boot;

public sealed record BootSettingsView(BootSettings Settings, long Rev);

/// <summary>All settings, as they are to be. <see cref="BootSettings.MenuPassword"/> as it was shown stays as it is.</summary>
/// <param name="Rev">Of the settings that were looked at.</param>
/// <param name="Preview">Only say what would be.</param>
/// <param name="Force">Be a DHCP server although another one answers.</param>
public sealed record BootSettingsChange(BootSettings Settings, long Rev, bool Preview = false, bool Force = false);

/// <param name="Notes">What an operator should know of it.</param>
/// <param name="Configuration">Of dnsmasq; empty while off.</param>
public sealed record BootSettingsAnswer(BootSettingsView View, IReadOnlyList<string> Notes, string Configuration);

/// <param name="UsedBy">What keeps it from being deleted; null: nothing.</param>
public sealed record BootBuild(string Id, string KernelVersion, long Bytes, DateTimeOffset AddedAt, bool IsCurrent, string? UsedBy);

/// <param name="Folder">Absolute path on the appliance, of a build as <c>./build.sh client</c> leaves it.</param>
public sealed record NewBootBuild(string Folder);

/// <param name="Build">Id.</param>
public sealed record BootBuildChoice(string Build);

/// <summary>What a host would boot now.</summary>
/// <param name="Script">Without the token that a real start would carry.</param>
/// <param name="Once">What an operator said for the next start; null: nothing. Unless it is the reason, a job goes first.</param>
public sealed record BootOutlook(BootFirmware Firmware, BootLoader Loader, string Action, string Reason, BootReason Because, string Script, BootOnce? Once = null);

/// <param name="Address">From which it answered.</param>
/// <param name="What"><c>dhcp</c> gives addresses, <c>pxe</c> only tells PCs what to start.</param>
public sealed record BootNeighbour(string Address, string What, DateTimeOffset At);

/// <summary>A network card of the appliance that can be served.</summary>
/// <param name="Address">With the length of its network: <c>10.0.0.1/24</c>.</param>
public sealed record BootCard(string Name, string Address);

/// <summary>A host that was started for its job again and again and said nothing: it gets its own disk until an operator says otherwise.</summary>
/// <param name="Host">Its id.</param>
public sealed record BootLoop(string Host, string Name, string Job, int Starts);

/// <param name="Addresses">Where boot files are served by plain HTTP.</param>
/// <param name="Service">Of dnsmasq: <c>off</c>, <c>up</c> or <c>down</c>.</param>
/// <param name="Fault">Why it is down.</param>
/// <param name="Build">Id of the current client build; null: there is none.</param>
/// <param name="Neighbours">Others on the wire that answer PCs.</param>
/// <param name="Stopped">Hosts that are not started for their jobs any more.</param>
public sealed record BootState(
    IReadOnlyList<string> Addresses,
    BootMode Mode,
    string Service,
    string? Fault,
    string? Build,
    IReadOnlyList<BootNeighbour> Neighbours,
    IReadOnlyList<BootCard> Cards,
    IReadOnlyList<BootLoop> Stopped);

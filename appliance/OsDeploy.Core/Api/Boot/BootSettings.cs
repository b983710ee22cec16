namespace OsDeploy.Api.Boot;

/// <summary>How the appliance lets PCs start over the network.</summary>
public sealed record BootSettings
{
    public BootMode Mode { get; init; }

    /// <summary>Network interface that is served; empty while off.</summary>
    public string Interface { get; init; } = "";

    /// <summary>First address that is given out. IPv4, as all addresses here.</summary>
    public string? RangeFirst { get; init; }

    public string? RangeLast { get; init; }

    public int LeaseMinutes { get; init; } = 60;

    /// <summary>Null: none is told.</summary>
    public string? Router { get; init; }

    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>A registered host with an address in its details always gets that one.</summary>
    public bool Reservations { get; init; } = true;

    /// <summary>What holds where neither configuration nor host says anything.</summary>
    public BootOptions Options { get; init; } = BootOptions.None;

    public UnknownHosts Unknown { get; init; }

    /// <summary>How long a menu is shown.</summary>
    public int MenuSeconds { get; init; } = 10;

    /// <summary>Asked for before the tool is started from the menu. Written, never read back; null: none.</summary>
    public string? MenuPassword { get; init; }

    /// <summary>The first that fits an address counts.</summary>
    public IReadOnlyList<BootRule> Rules { get; init; } = [];

    /// <summary>How models of PCs go on to their disks, before what osdeploy knows of them by itself.</summary>
    public IReadOnlyList<ModelExit> Models { get; init; } = [];

    /// <summary>Client builds beyond this number go, the oldest first.</summary>
    public int KeepBuilds { get; init; } = 3;

    public string ChangedBy { get; init; } = "";

    public DateTimeOffset ChangedAt { get; init; }
}

/// <summary>What PCs at some addresses get.</summary>
/// <param name="Build">Id of a client build; null: as without the rule.</param>
/// <param name="Unknown">For PCs that nobody has registered; null: as without the rule.</param>
public sealed record BootRule(string First, string Last, string? Build = null, UnknownHosts? Unknown = null);

/// <param name="Vendor">Beginning of the maker's name, in any case.</param>
/// <param name="Model">Beginning of the model's name; empty: all of the maker.</param>
public sealed record ModelExit(string Vendor, string Model, BiosExit? Bios = null, UefiExit? Uefi = null);

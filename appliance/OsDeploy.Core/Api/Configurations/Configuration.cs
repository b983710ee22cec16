using OsDeploy.Api.Boot;
using OsDeploy.Images;

namespace OsDeploy.Api.Configurations;

public enum DeviceType
{
    FatClient,
    ThinClient,
    Byod,
    Printer,
    Server,
    Switch,
    CloneProxy,
}

/// <summary>A computer configuration: hosts that share one image.</summary>
public sealed record Configuration
{
    public required string Id { get; init; }

    /// <summary>1 to 32 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Up to 64 characters.</summary>
    public string Description { get; init; } = "";

    public DeviceType DeviceType { get; init; }

    /// <summary>Name of its image, drawn from the name when it was made; a renamed configuration keeps its image.</summary>
    public required ImageName Image { get; init; }

    /// <summary>Id of the one host whose disks are captured; null: none yet.</summary>
    public string? Master { get; init; }

    public IReadOnlyList<PartitionPlan> Partitions { get; init; } = [];

    /// <summary>A store on another appliance; null: this one's.</summary>
    public RemoteStore? Store { get; init; }

    /// <summary>Older versions beyond this number are deleted (with quarantine) after a capture; 0: all are kept.</summary>
    public int KeepVersions { get; init; }

    /// <summary>
    /// Whoever sits at a host of it may restore that host, without an account. Its image is then as open as its hosts are: a computer that
    /// says it is one of them gets it.
    /// </summary>
    public bool OpenRestore { get; init; }

    /// <summary>
    /// Each start of its hosts is given work only after an operator has compared four words with those on its screen: hardware that passes
    /// for a host is not enough.
    /// </summary>
    public bool IsStrict { get; init; }

    /// <summary>How its hosts start over the network, over what the appliance says; null: nothing of its own.</summary>
    public BootOptions? Boot { get; init; }

    /// <summary>Where its hosts belong; null: nobody has said.</summary>
    public JoinSettings? Join { get; init; }

    /// <summary>Of the local administrator of its Windows systems. Written, never read back: the API shows <see cref="Secret.Mask"/>.</summary>
    public string? AdminPassword { get; init; }

    public required string ChangedBy { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }
}

/// <param name="Url"><c>https://HOST[:PORT]</c></param>
/// <param name="Pin">64 hexadecimal digits: fingerprint of the other appliance's key.</param>
/// <param name="Token">Of an account there. Written, never read back: the API shows <see cref="Secret.Mask"/>.</param>
public sealed record RemoteStore(string Url, string Pin, string Token);

/// <summary>How a secret looks from outside. Sent back unchanged, it leaves the secret as it is.</summary>
public static class Secret
{
    public const string Mask = "(set)";
}

/// <summary>What a partition holds, for the answer file.</summary>
public enum OperatingSystem
{
    Data,
    Win2K,
    WinXP,
    WinVista,
    Win7,
    Win8,
    Win10,
    Win11,
    WinBoot,
    Linux,
}

public enum JoinMode
{
    No,
    Domain,
    Workgroup,
    Simple,
}

/// <summary>What becomes of a partition at a restore.</summary>
public enum PartitionUse
{
    Image,
    Format,
    Leave,

    /// <summary>As <see cref="Image"/>, and captured byte for byte instead of by its used blocks.</summary>
    Raw,
}

/// <summary>What is to be done with one partition of the hosts of a configuration.</summary>
/// <param name="Disk">1 is the first disk of the image.</param>
/// <param name="Number">Of the partition.</param>
/// <param name="ProductId">Written, never read back: the API shows <see cref="Secret.Mask"/>.</param>
/// <param name="Format">File system to make, with <see cref="PartitionUse.Format"/>.</param>
/// <param name="Grow">Takes the room of a larger disk; at most one a disk.</param>
public sealed record PartitionPlan(
    int Disk,
    int Number,
    string Description = "",
    OperatingSystem Os = OperatingSystem.Data,
    JoinMode Join = JoinMode.No,
    string? ProductId = null,
    PartitionUse Use = PartitionUse.Image,
    string? Format = null,
    bool Grow = false);

/// <summary>A host's own values; null: the configuration's.</summary>
public sealed record PartitionOverride(
    int Disk,
    int Number,
    string? Description = null,
    OperatingSystem? Os = null,
    JoinMode? Join = null,
    string? ProductId = null,
    PartitionUse? Use = null,
    string? Format = null,
    bool? Grow = null);

/// <summary>A plan with the host's values in it.</summary>
/// <param name="FromHost">Names of the settings that the host overrides: <c>description</c>, <c>os</c>, <c>join</c>, <c>productId</c>, <c>use</c>, <c>format</c>, <c>grow</c>.</param>
public sealed record EffectivePartition(PartitionPlan Plan, IReadOnlyList<string> FromHost);

public sealed record ConfigurationView(Configuration Configuration, long Rev, string? MasterName, int Hosts, int Versions);

public sealed record NewConfiguration(
    string Name, string? Description = null, DeviceType DeviceType = DeviceType.FatClient, IReadOnlyList<PartitionPlan>? Partitions = null, RemoteStore? Store = null, int KeepVersions = 0, bool OpenRestore = false, bool IsStrict = false, JoinSettings? Join = null);

/// <summary>Null leaves a value as it is.</summary>
/// <param name="NoStore">Use this appliance's store again.</param>
/// <param name="Boot">All of its own options: they replace those it had.</param>
/// <param name="Join">Null in it leaves a value as it is; an empty text takes it away.</param>
/// <param name="AdminPassword">An empty text takes it away.</param>
public sealed record ConfigurationChange(
    string? Name = null,
    string? Description = null,
    DeviceType? DeviceType = null,
    IReadOnlyList<PartitionPlan>? Partitions = null,
    RemoteStore? Store = null,
    bool NoStore = false,
    int? KeepVersions = null,
    bool? OpenRestore = null,
    long? Rev = null,
    BootOptions? Boot = null,
    bool? IsStrict = null,
    JoinSettings? Join = null,
    string? AdminPassword = null);

/// <param name="Host">Name of the host to be the master; it joins the configuration if it is not in it.</param>
public sealed record MasterChange(string Host);

/// <summary>What deleting a configuration took with it.</summary>
/// <param name="ImagesEndAt">Until then its versions can be undeleted; null: it had none.</param>
public sealed record DeletedConfiguration(int Hosts, int Rooms, int Versions, DateTimeOffset? ImagesEndAt);

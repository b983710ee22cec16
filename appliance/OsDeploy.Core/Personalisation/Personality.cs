using OsDeploy.Api.Configurations;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Personalisation;

/// <summary>
/// What makes one host of a restored image itself. It is kept with the job, as it was when the job was started, and holds no secret: those
/// are asked for when they are written (<see cref="PersonalSecrets"/>).
/// </summary>
public sealed record Personality
{
    public required ComputerName Name { get; init; }

    public string? Room { get; init; }

    public string? SchoolName { get; init; }

    /// <summary>As Windows names it: <c>de-DE</c>.</summary>
    public string? SchoolLanguage { get; init; }

    public Joining Joining { get; init; } = new();

    /// <summary>What lies on which partition. Partitions of data are not named.</summary>
    public IReadOnlyList<PersonalSystem> Systems { get; init; } = [];

    /// <summary>In the order in which they take effect: where two say the same thing, the later one wins.</summary>
    public IReadOnlyList<PersonalFile> Files { get; init; } = [];

    /// <summary>All that it names by content.</summary>
    public IEnumerable<ContentId> GetContents() => [.. Systems.Select(system => system.Template).OfType<ContentId>(), .. Files.Select(file => file.Content)];
}

/// <summary>Where a host belongs.</summary>
/// <param name="Domain">DNS or NetBIOS name; null: none.</param>
/// <param name="MachineOu"><c>OU=rooms,DC=school,DC=local</c>; null: where the domain puts new computers.</param>
/// <param name="IsOff">It keeps out of domain and workgroup this time; it gets its name all the same.</param>
public sealed record Joining(string? Domain = null, string? MachineOu = null, string? Workgroup = null, bool IsOff = false);

/// <param name="Disk">1 is the first disk of the image.</param>
/// <param name="Number">Of the partition.</param>
/// <param name="Template">Text of the answer file, not filled; null: this system takes none.</param>
public sealed record PersonalSystem(int Disk, int Number, OperatingSystem Os, JoinMode Join, ContentId? Template = null);

public enum PersonalFileKind
{
    /// <summary>For the set-up of Windows: <c>Sysprep\i386\$oem$</c> of 2000 and XP, <c>\config</c> later. Scripts among them are run by it.</summary>
    Setup,

    /// <summary>A <c>.reg</c> file, merged into the registry.</summary>
    Registry,

    /// <summary>A Windows script that joins, in place of osdeploy's own. Placeholders in it are filled.</summary>
    JoinScript,

    /// <summary>A shell script that runs on the PC when the partition was restored, with it mounted at <c>/mnt/PARTITION</c>.</summary>
    PostScript,

    /// <summary>A file of a driver package, for Windows to find.</summary>
    Driver,

    /// <summary>A public key that may log in as root on Linux.</summary>
    SshKey,

    /// <summary>Name of a printer (<c>\\server\printer</c>), one a line.</summary>
    Printers,

    /// <summary>A file of the tool itself, put in place when somebody has logged in or a job begins.</summary>
    Overlay,

    /// <summary>A shell script that the agent runs before a job.</summary>
    BeforeJob,

    /// <summary>A shell script that the agent runs after a job.</summary>
    AfterJob,
}

/// <param name="Path">Relative, with slashes: where it goes below the place of its kind.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Disk">With <paramref name="Number"/>: for this partition only; null: for each that can take it.</param>
public sealed record PersonalFile(PersonalFileKind Kind, string Path, ContentId Content, long Size, int? Disk = null, int? Number = null);

/// <summary>Released once to an approved host in an approved job, kept in memory, written into the one place that needs it.</summary>
/// <param name="ProductIds">By disk and number of the partition.</param>
/// <param name="AccountData">Of <c>djoin /provision</c>; then there is no account.</param>
public sealed record PersonalSecrets(
    IReadOnlyList<PartitionProductId> ProductIds, string? JoinUser = null, string? JoinPassword = null, string? AccountData = null, string? AdminPassword = null)
{
    public static PersonalSecrets None { get; } = new([]);

    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(PersonalSecrets);
}

public sealed record PartitionProductId(int Disk, int Number, string ProductId)
{
    public override string ToString() => nameof(PartitionProductId);
}

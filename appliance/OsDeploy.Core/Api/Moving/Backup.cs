using OsDeploy.Images;

namespace OsDeploy.Api.Moving;

/// <param name="Password">Null: no key goes into the backup, and no secret in it can ever be used elsewhere.</param>
public sealed record BackupOrder(string? Password = null)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(BackupOrder);
}

/// <summary>How much there is, of a backup or of an appliance.</summary>
public sealed record BackupCounts(int Hosts, int Rooms, int Configurations, int Versions, int Templates, int Additions, int Operators);

/// <summary>What a backup says of itself.</summary>
/// <param name="Appliance">Name of the appliance it was made of.</param>
/// <param name="Fingerprint">Of its key.</param>
/// <param name="HasKeys">With its password, every secret in it can be used.</param>
/// <param name="LeftOut">What was damaged when it was made, in sentences.</param>
public sealed record BackupView(
    string Appliance, string Program, string Fingerprint, DateTimeOffset CreatedAt, string CreatedBy, BackupCounts Counts, bool HasKeys, IReadOnlyList<string> LeftOut);

/// <summary>A backup that lies at the appliance, proved as a whole. Nothing is changed by it yet.</summary>
/// <param name="Id">For what comes next; the next one takes its place.</param>
/// <param name="Here">What the appliance has now.</param>
public sealed record StagedBackup(string Id, BackupView Backup, string Appliance, BackupCounts Here);

/// <param name="Password">Of the backup; null: go on without its keys.</param>
/// <param name="Apply">False: only say what would happen.</param>
public sealed record RestoreOrder(string? Password = null, bool Apply = false)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(RestoreOrder);
}

/// <summary>What becomes of the secrets of a backup.</summary>
public enum BackupSecrets
{
    /// <summary>It was made here: the key is still the same.</summary>
    SameKey,

    /// <summary>Its keys come with it.</summary>
    Opened,

    /// <summary>They are taken out, and must be entered again.</summary>
    Lost,
}

/// <summary>A version whose chunks are not all here: it cannot be restored until the store it came from is imported.</summary>
/// <param name="Missing">Chunks.</param>
public sealed record IncompleteVersion(ImageKind Kind, ImageName Image, VersionId Version, int Missing);

/// <param name="IsApplied">False for a preview. True: the appliance starts anew with it now.</param>
public sealed record RestoreOutlook(StagedBackup Staged, BackupSecrets Secrets, IReadOnlyList<IncompleteVersion> Incomplete, bool IsApplied);

/// <param name="Password">Of the backup; null: secrets in it are left out.</param>
/// <param name="Apply">False: only say what would happen.</param>
public sealed record MergeOrder(string? Password = null, bool Apply = false)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(MergeOrder);
}

public enum MergeAction
{
    Add,

    /// <summary>It is here already, and the same.</summary>
    Same,

    /// <summary>Something else is here in its place, and stays.</summary>
    Conflict,

    /// <summary>Never merged.</summary>
    Left,
}

/// <param name="Kind">room, configuration, host, template, addition, image, join-account, operator, setting, hook</param>
public sealed record MergeLine(string Kind, string Name, MergeAction Action, string Detail = "");

/// <param name="IsApplied">False for a preview.</param>
public sealed record MergeReport(BackupView Backup, IReadOnlyList<MergeLine> Lines, bool IsApplied)
{
    public int CountOf(MergeAction action) => Lines.Count(line => line.Action == action);
}

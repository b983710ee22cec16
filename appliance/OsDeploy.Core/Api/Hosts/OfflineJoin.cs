namespace OsDeploy.Api.Hosts;

/// <summary>A host's own way into its domain: what <c>djoin /provision</c> made for it, which holds the password of that one computer.</summary>
/// <param name="Data">Always <see cref="Configurations.Secret.Mask"/>.</param>
/// <param name="Job">That it was given to; null: it was not used yet. Another job does not get it.</param>
public sealed record OfflineJoin(string Data, string SetBy, DateTimeOffset SetAt, string? Job, DateTimeOffset? UsedAt);

/// <param name="File">As <c>djoin /savefile</c> writes it.</param>
public sealed record OfflineJoinFile(byte[] File)
{
    /// <summary>What a log may say of it.</summary>
    public override string ToString() => nameof(OfflineJoinFile);
}

/// <summary>How a host came into its domain, at the end of a restore that was verified.</summary>
/// <param name="Name">That it had then.</param>
/// <param name="Account">Null: by what <c>djoin</c> made.</param>
public sealed record JoinedAs(string Name, string Domain, string? Account, DateTimeOffset At);

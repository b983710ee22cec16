using System.Text.Json.Serialization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Secrets;

/// <summary>What belongs to one host's way into its domain. Apart from the host's document: what a job finds out must not make an operator's edit stale.</summary>
/// <param name="Host">Id of the host.</param>
/// <param name="Data">Of <c>djoin</c>, sealed; null: none.</param>
/// <param name="Job">That was given it.</param>
internal sealed record HostJoining(
    string Host, string? Data = null, string SetBy = "", DateTimeOffset SetAt = default, string? Job = null, DateTimeOffset? UsedAt = null, JoinedAs? Joined = null)
{
    /// <summary>Nothing of it is secret; null: it has none.</summary>
    public OfflineJoin? Shown => Data is null ? null : new OfflineJoin(Secret.Mask, SetBy, SetAt, Job, UsedAt);

    /// <summary>It is there for a job: nobody has had it, or this job.</summary>
    public bool IsFor(string? job) => Data is not null && (Job is null || Job == job);
}

/// <summary>That a job's secrets were given out.</summary>
/// <param name="NonceHash">SHA-256 of what the agent drew, in hexadecimal digits.</param>
/// <param name="Domain">That the host joins with them; null: none.</param>
/// <param name="Account">Null with a domain: by what <c>djoin</c> made.</param>
internal sealed record SecretRelease(string Job, long Fence, string NonceHash, string? Domain, string? Account, DateTimeOffset At);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HostJoining))]
[JsonSerializable(typeof(SecretRelease))]
internal sealed partial class SecretJson : JsonSerializerContext;

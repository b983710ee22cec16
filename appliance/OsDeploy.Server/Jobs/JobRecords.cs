using System.Text.Json.Serialization;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Jobs;

/// <summary>The one job a host has. Its presence is what keeps a second one out.</summary>
internal sealed record HostLease(string Host, string Job);

/// <summary>Lines of a job's log, as they came with one report.</summary>
/// <param name="Id">Job, dash, number of the first line: read in order by id.</param>
internal sealed record LogPart(string Id, IReadOnlyList<JobLogLine> Lines);

/// <param name="Id">Always the same.</param>
internal sealed record KeptJobSettings(string Id, int Retries);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HostLease))]
[JsonSerializable(typeof(LogPart))]
[JsonSerializable(typeof(KeptJobSettings))]
internal sealed partial class JobJson : JsonSerializerContext;

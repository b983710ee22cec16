using OsDeploy.Benchmarks.Volumes;

namespace OsDeploy.Benchmarks.Trials;

/// <summary>The disk a restore writes to.</summary>
/// <param name="Holds">What lies on it before.</param>
/// <param name="Becomes">What must lie on it after.</param>
/// <param name="IsReset">Made again before each run; otherwise a run meets what the last one left.</param>
internal sealed record Target(Day Holds, Day Becomes, bool IsReset);

namespace OsDeploy.Api.Jobs;

/// <summary>What holds for all jobs.</summary>
/// <param name="Retries">How often a job is tried again by itself that failed for a reason which may pass; 0: never.</param>
public sealed record JobSettings(int Retries = JobSettings.UsualRetries)
{
    public const int UsualRetries = 1;

    public const int MostRetries = 3;
}

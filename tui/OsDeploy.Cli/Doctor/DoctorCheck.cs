namespace OsDeploy.Cli.Doctor;

internal enum CheckState
{
    Good,

    /// <summary>Something osdeploy can do without.</summary>
    Limited,
    Missing,
}

/// <summary>One thing osdeploy needs of the computer it runs on.</summary>
/// <param name="Found">What there is, or what does not work without it.</param>
/// <param name="Fix">Command or sentence that helps; null if nothing is wrong.</param>
internal sealed record DoctorCheck(string Area, string Name, CheckState State, string Found, string? Fix = null);

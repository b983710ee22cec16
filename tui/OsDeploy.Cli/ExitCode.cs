namespace OsDeploy.Cli;

/// <summary>The table in README.md says what each means to a script.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    DoneWithWarnings = 3,
    Cancelled = 130,
}

namespace OsDeploy.Cli;

/// <summary>What every verb is given: whom it talks to and what time it is.</summary>
internal sealed record Session(Terminal Terminal, TimeProvider Clock);

namespace OsDeploy.Screens.Machine;

/// <summary>What can be done at a computer, in the order of its menu.</summary>
internal enum MachineTask
{
    Restore,
    Partition,
    Clone,
    Mbr,
    Manual,
    Clean,
    Bash,
    Quit,
    About,
}

/// <param name="Tag">The same in every language: what it is called on the telephone.</param>
/// <param name="Help">Shown on F1.</param>
/// <param name="WhyNot">Why it cannot be chosen now; empty: it can.</param>
/// <param name="NeedsLogin">Somebody must log in before it is done.</param>
internal sealed record MenuEntry(MachineTask Task, string Tag, string Text, string Help, string WhyNot, bool NeedsLogin)
{
    public bool IsEnabled => WhyNot.Length == 0;
}

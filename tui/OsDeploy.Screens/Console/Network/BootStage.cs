namespace OsDeploy.Screens.Console.Network;

/// <summary>How far a start has come, in the order in which it goes on.</summary>
internal enum BootStage
{
    None,
    Packet,
    Loader,
    Script,
    Kernel,
    Agent,
    Job,
}

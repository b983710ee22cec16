using OsDeploy.Api.Boot;
using OsDeploy.Boot;

namespace OsDeploy.Server.Boot;

/// <summary>What a PC is told to start from its own disk.</summary>
internal static class LocalDisk
{
    /// <summary>In the order in which they are tried; empty: back to the firmware.</summary>
    public static IReadOnlyList<string> Of(UefiExit exit) => exit switch
    {
        UefiExit.Search => EfiLoaders.All,
        UefiExit.Windows => [EfiLoaders.Windows],
        UefiExit.Distribution => EfiLoaders.Distributions,
        UefiExit.Fallback => [EfiLoaders.Fallback],
        _ => [],
    };
}

using System.Reflection;

namespace OsDeploy.Cli;

internal static class ProgramVersion
{
    public static string Text { get; } = "osdeploy " + typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}

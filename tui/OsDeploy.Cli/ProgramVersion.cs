using System.Reflection;
using OsDeploy.SystemImages;

namespace OsDeploy.Cli;

internal static class ProgramVersion
{
    public static string Text { get; } = BuildVersion.With("osdeploy " + typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);
}

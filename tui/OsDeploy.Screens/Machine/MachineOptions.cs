using OsDeploy.Api;

namespace OsDeploy.Screens.Machine;

/// <summary>How the screens of a computer behave, as its boot parameters say.</summary>
/// <param name="Server">As <see cref="ApiClient"/> takes it.</param>
/// <param name="Key">The key the server must have; null: only where nobody can listen in.</param>
/// <param name="Program">Name and version of this program.</param>
internal sealed record MachineOptions(string Server, ServerKey? Key, string Program)
{
    /// <summary>Nobody is asked anything: the screens only show what goes on.</summary>
    public bool IsAuto { get; init; }

    /// <summary>Not even the ten seconds before disks are overwritten.</summary>
    public bool IsUnattended { get; init; }

    /// <summary>How long to wait after each step, so that it can be read or photographed.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>Wait after each step until a key is pressed.</summary>
    public bool StopsAfterSteps { get; init; }

    /// <summary>Why the menu has no root shell; null: it has one.</summary>
    public string? WhyNoShell { get; init; }

    /// <summary>By which a shell on another console is known, see <see cref="OpenShell"/>; null: there are none.</summary>
    public string? ShellMark { get; init; }
}

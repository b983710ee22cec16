using System.Diagnostics.CodeAnalysis;
using OsDeploy.Api.Configurations;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Templates;

/// <summary>Which answer file a template is: <c>Win10Domain.xml</c>, <c>WinXPWorkgroup.inf</c>.</summary>
public readonly record struct TemplateName
{
    private TemplateName(OperatingSystem os, JoinMode join) => (Os, Join) = (os, join);

    /// <summary>Those that are shipped, and there are no others.</summary>
    public static IReadOnlyList<TemplateName> All { get; } =
    [
        .. Of([OperatingSystem.Win2K, OperatingSystem.WinXP], [JoinMode.Domain, JoinMode.Workgroup]),
        .. Of(
            [OperatingSystem.WinVista, OperatingSystem.Win7, OperatingSystem.Win8, OperatingSystem.Win10, OperatingSystem.Win11],
            [JoinMode.Domain, JoinMode.Workgroup, JoinMode.No]),
    ];

    public OperatingSystem Os { get; }

    public JoinMode Join { get; }

    /// <summary>A <c>sysprep.inf</c>; else an <c>unattend.xml</c>.</summary>
    public bool IsInf => Os is OperatingSystem.Win2K or OperatingSystem.WinXP;

    /// <summary>It can join by what <c>djoin /provision</c> made: Windows 7 and later.</summary>
    public bool TakesAccountData => !IsInf && Os != OperatingSystem.WinVista;

    /// <summary>The one for such a system and way of joining; null: it is not given an answer file.</summary>
    public static TemplateName? For(OperatingSystem os, JoinMode join) => All.Select(name => (TemplateName?)name).FirstOrDefault(name => name!.Value.Os == os && name.Value.Join == join);

    public static bool TryParse([NotNullWhen(true)] string? text, out TemplateName name)
    {
        name = All.FirstOrDefault(one => string.Equals(one.ToString(), text, StringComparison.OrdinalIgnoreCase));
        return name != default;
    }

    private static IEnumerable<TemplateName> Of(IReadOnlyList<OperatingSystem> systems, IReadOnlyList<JoinMode> joins) =>
        systems.SelectMany(_ => joins, (os, join) => new TemplateName(os, join));

    public override string ToString() => $"{Os}{Join}.{(IsInf ? "inf" : "xml")}";
}

using System.Xml.Linq;

namespace OsDeploy.Templates;

/// <summary>
/// What is known of the form of an <c>unattend.xml</c> (Microsoft, "Unattended Windows Setup Reference", components and configuration passes).
/// </summary>
internal static class UnattendRules
{
    private static readonly (string Name, string[] Values)[] s_attributes =
    [
        ("processorArchitecture", ["x86", "amd64", "arm64"]),
        ("publicKeyToken", ["31bf3856ad364e35"]),
        ("language", ["neutral"]),
        ("versionScope", ["nonSxS"]),
    ];

    public static XNamespace Namespace { get; } = "urn:schemas-microsoft-com:unattend";

    /// <summary>Those that run after a restore. The others belong to an installation, and to sysprep on the master.</summary>
    public static IReadOnlyList<string> Passes { get; } = ["offlineServicing", "specialize", "auditSystem", "auditUser", "oobeSystem"];

    public static IEnumerable<TemplateFault> Check(XElement root)
    {
        if (root.Name != Namespace + "unattend")
        {
            return [TemplateFault.NotUnattend()];
        }

        return root.Elements(Namespace + "settings").SelectMany(CheckPass);
    }

    public static int LineOf(XObject at) => ((System.Xml.IXmlLineInfo)at).LineNumber;

    private static IEnumerable<TemplateFault> CheckPass(XElement settings)
    {
        var pass = settings.Attribute("pass")?.Value ?? "";
        if (!Passes.Contains(pass))
        {
            yield return TemplateFault.UnknownPass(LineOf(settings), pass);
        }

        foreach (var component in settings.Elements(Namespace + "component"))
        {
            foreach (var (name, values) in s_attributes.Where(one => !one.Values.Contains(component.Attribute(one.Name)?.Value)))
            {
                yield return TemplateFault.Attribute(LineOf(component), name, string.Join("\" or \"", values));
            }
        }
    }
}

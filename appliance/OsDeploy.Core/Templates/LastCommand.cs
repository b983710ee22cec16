using System.Globalization;
using System.Xml.Linq;

namespace OsDeploy.Templates;

/// <summary>A command that Windows runs as the system at the end of its pass "specialize" (Microsoft, "RunSynchronousCommand").</summary>
internal static class LastCommand
{
    private const string Owner = "Microsoft-Windows-Deployment";

    private static readonly XNamespace s_wcm = "http://schemas.microsoft.com/WMIConfig/2002/State";

    /// <summary>For each kind of processor that the pass has settings for.</summary>
    public static void Add(XElement root, string description, string command)
    {
        var ns = UnattendRules.Namespace;
        foreach (var pass in root.Elements(ns + "settings").Where(settings => settings.Attribute("pass")?.Value == "specialize"))
        {
            foreach (var component in pass.Elements(ns + "component").GroupBy(component => component.Attribute("processorArchitecture")?.Value).Select(OwnerIn).ToList())
            {
                var commands = component.Element(ns + "RunSynchronous") ?? Added(component, new XElement(ns + "RunSynchronous"));
                commands.Add(new XElement(
                    ns + "RunSynchronousCommand",
                    new XAttribute(s_wcm + "action", "add"),
                    new XElement(ns + "Order", (OrdersIn(commands).DefaultIfEmpty(0).Max() + 1).ToString(CultureInfo.InvariantCulture)),
                    new XElement(ns + "Description", description),
                    new XElement(ns + "Path", command)));
            }
        }
    }

    private static XElement OwnerIn(IEnumerable<XElement> components)
    {
        var all = components.ToList();
        return all.Find(component => component.Attribute("name")?.Value == Owner)
            ?? Added(all[0].Parent!, new XElement(all[0].Name, all[0].Attributes().Select(attribute => attribute.Name == "name" ? new XAttribute("name", Owner) : attribute)));
    }

    private static XElement Added(XElement parent, XElement child)
    {
        parent.AddFirst(child);
        return child;
    }

    private static IEnumerable<int> OrdersIn(XElement commands) =>
        commands.Descendants(UnattendRules.Namespace + "Order").Select(order => int.TryParse(order.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
}

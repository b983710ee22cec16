using System.CommandLine;
using OsDeploy.Api.Configurations;

namespace OsDeploy.Cli.Verbs;

/// <summary>Where hosts belong: the same options for a configuration and a host.</summary>
internal sealed class JoinOptionSet
{
    private readonly Option<string?> _domain = VerbOptions.Text("--domain", "Domain to join, by its DNS or NetBIOS name; \"\" takes it away, - is none whatever the configuration says.", "DOMAIN");
    private readonly Option<string?> _unit = VerbOptions.Text("--ou", "Where the domain keeps the computer's account; \"\" and - as above.", "OU=..,DC=..");
    private readonly Option<string?> _workgroup = VerbOptions.Text("--workgroup", "Workgroup; \"\" and - as above.", "NAME");

    public IEnumerable<Symbol> All => [_domain, _unit, _workgroup];

    /// <returns>Null: none was named.</returns>
    public JoinSettings? Of(ParseResult parsed)
    {
        var said = new JoinSettings(parsed.GetValue(_domain), parsed.GetValue(_unit), parsed.GetValue(_workgroup));
        return said == new JoinSettings() ? null : said;
    }
}

using System.Text;
using OsDeploy.Api.Hosts;

namespace OsDeploy.Server.Hosts.Lists;

/// <summary>Writes hosts as the import reads them: UTF-8 with a mark (spreadsheets need it), semicolons, CRLF (RFC 4180).</summary>
internal static class HostListWriter
{
    private const string LineEnd = "\r\n";

    public static byte[] Write(IEnumerable<Host> hosts)
    {
        var text = new StringBuilder("\uFEFF").AppendJoin(';', HostColumn.All.Select(column => column.Name)).Append(LineEnd);
        foreach (var host in hosts)
        {
            text.AppendJoin(';', HostColumn.All.Select(column => Cell(column.ValueOf(host)))).Append(LineEnd);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(string? value)
    {
        var text = Formulas.Neutralised(value ?? "");
        return text.AsSpan().ContainsAny("\";,\r\n") || text != text.Trim() ? '"' + text.Replace("\"", "\"\"", StringComparison.Ordinal) + '"' : text;
    }
}

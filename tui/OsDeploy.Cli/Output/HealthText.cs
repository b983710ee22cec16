using OsDeploy.Api;
using OsDeploy.Api.Health;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>How the appliance is, for people: what needs somebody first.</summary>
internal static class HealthText
{
    private const int Widest = 500;

    public static void Write(TextWriter writer, HealthReport report, TimeProvider clock)
    {
        var width = report.Items.Select(item => item.Id.Length).DefaultIfEmpty().Max();
        foreach (var item in report.Items.OrderByDescending(item => item.State))
        {
            writer.WriteLine($"{ApiWord.Of(item.State),-7}  {Printable.Of(item.Id).PadRight(width)}  {Printable.Of(item.Text, Widest)}");
            if (item.State >= HealthState.Warning && item.Hint.Length > 0)
            {
                writer.WriteLine($"{"",-7}  {"".PadRight(width)}  {Printable.Of(item.Hint, Widest)}");
            }
        }

        writer.WriteLine($"Looked at {LocalTime.Of(clock, report.At)}.");
    }
}

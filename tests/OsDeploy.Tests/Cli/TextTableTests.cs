using OsDeploy.Cli.Output;
using Xunit;

namespace OsDeploy.Tests.Cli;

public sealed class TextTableTests
{
    [Fact]
    public void Columns_are_as_wide_as_their_widest_cell_and_numbers_stand_right()
    {
        var table = new TextTable("DISK", ">SIZE", "MODEL");
        table.Add("/dev/sda", "238 GiB", "Fast");
        table.Add("/dev/nvme0n1", "1.82 TiB", null);

        Assert.Equal(
            """
            DISK              SIZE  MODEL
            /dev/sda       238 GiB  Fast
            /dev/nvme0n1  1.82 TiB

            """,
            TextOf(table));
    }

    [Fact]
    public void A_label_cannot_move_the_cursor_or_reverse_the_text()
    {
        var table = new TextTable("LABEL");
        table.Add("\u001b[2J\u202Eevil\u0007");

        Assert.Equal("LABEL\n?[2J?evil?\n", TextOf(table));
    }

    private static string TextOf(TextTable table)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        table.Write(writer);
        return writer.ToString();
    }
}

// Validates XML files by an XML Schema: java Validate.java SCHEMA FILE ... A line for each fault; the exit code is their number.

import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

public class Validate {
    public static void main(String[] names) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
        Schema schema = factory.newSchema(new File(names[0]));
        AtomicInteger faults = new AtomicInteger();
        for (int place = 1; place < names.length; place++) {
            String name = names[place];
            Validator validator = schema.newValidator();
            validator.setErrorHandler(new ErrorHandler() {
                public void warning(SAXParseException fault) {
                }

                public void error(SAXParseException fault) {
                    faults.incrementAndGet();
                    System.out.println(name + ":" + fault.getLineNumber() + ": " + fault.getMessage());
                }

                public void fatalError(SAXParseException fault) {
                    error(fault);
                }
            });
            validator.validate(new StreamSource(new File(name)));
        }
        System.exit(Math.min(faults.get(), 100));
    }
}
